import FoundationEssentials

/// The examples that a classifier gets right, a bit each: the first example is the highest bit of the first byte, as in
/// NumPy's `packbits`.
public struct CorrectBits: Equatable, Sendable {
  /// The number of examples.
  public let count: Int

  private var bytes: [UInt8]

  /// Examples of which none is right.
  public init(count: Int) {
    self.count = count
    bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
  }

  /// The bits in base64; `nil` if they are not those of `count` examples.
  public init?(base64 text: String, count: Int) {
    // A count that comes from a file can be any number.
    guard count >= 0, let data = Data(base64Encoded: text), data.count == count / 8 + (count % 8 > 0 ? 1 : 0) else {
      return nil
    }
    bytes = [UInt8](data)
    self.count = count
    guard count.isMultiple(of: 8) || bytes[count / 8] & (0xFF >> UInt8(count % 8)) == 0 else { return nil }
  }

  /// The bits in base64.
  public var base64: String { Data(bytes).base64EncodedString() }

  /// Whether an example is right.
  public subscript(index: Int) -> Bool {
    get { bytes[index / 8] & (0x80 >> UInt8(index % 8)) != 0 }
    set {
      if newValue {
        bytes[index / 8] |= 0x80 >> UInt8(index % 8)
      } else {
        bytes[index / 8] &= ~(0x80 >> UInt8(index % 8))
      }
    }
  }

  /// The number of examples that are right.
  public var correctCount: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }
}
