/// More memory is needed than there is.
public struct MemoryShortage: Error, Equatable, CustomStringConvertible {
  /// The bytes that the process needs.
  public let needed: Int

  /// The bytes that it may have.
  public let available: Int

  /// A shortage of memory.
  public init(needed: Int, available: Int) {
    (self.needed, self.available) = (needed, available)
  }

  /// Both sizes; the need is rounded up and the memory rounded down.
  public var description: String {
    "\(size(needed, rounding: .up)) of memory are needed, and there are \(size(available, rounding: .down))"
  }

  private func size(_ bytes: Int, rounding rule: FloatingPointRoundingRule) -> String {
    let (divisor, unit) = bytes < 10_000_000_000 ? (1e6, "MB") : (1e9, "GB")
    return "\(Int((Double(bytes) / divisor).rounded(rule))) \(unit)"
  }
}
