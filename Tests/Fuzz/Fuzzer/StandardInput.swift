import Glibc

/// The arguments of the program for libFuzzer, which may change them.
nonisolated(unsafe) var argumentCount = CommandLine.argc
nonisolated(unsafe) var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv

nonisolated(unsafe) private let standardInput = unsafe fdopen(STDIN_FILENO, "r")

/// The next input of standard input; `nil` at its end.
func nextInput() -> [UInt8]? {
  guard let length = readBytes(4) else { return nil }
  return readBytes(length.reversed().reduce(0) { $0 << 8 | Int($1) })
}

private func readBytes(_ count: Int) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: count)
  let read = unsafe bytes.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, count, standardInput) }
  return read == count ? bytes : nil
}
