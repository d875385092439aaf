/// A whole number that every reader of JSON gets exactly: a number up to 2⁵³, and a string beyond, where many readers round
/// numbers. Either is read.
@propertyWrapper public struct ExactInteger: Codable, Equatable, Sendable {
  /// The number.
  public var wrappedValue: UInt64

  /// The number in JSON.
  public init(wrappedValue: UInt64) { self.wrappedValue = wrappedValue }

  /// Decodes a number or a string.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(UInt64.self) {
      wrappedValue = number
    } else if let number = UInt64(try container.decode(String.self)) {
      wrappedValue = number
    } else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is no whole number")
    }
  }

  /// Encodes a number or a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if wrappedValue <= 1 << 53 {
      try container.encode(wrappedValue)
    } else {
      try container.encode("\(wrappedValue)")
    }
  }
}
