import Files

/// Runs nettrain with the arguments of C's `main`, the name of the program first.
@c(nettrain_main)
public func runNettrain(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  let words = (0..<Int(count)).compactMap { index in
    unsafe arguments[index].map { unsafe String(fileNameAt: $0) }
  }
  Nettrain.main(words: words.dropFirst())
  return 0
}
