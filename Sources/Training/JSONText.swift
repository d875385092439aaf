import FoundationEssentials

/// Values as JSON text, the same text for the same value.
package enum JSONText {
  /// The JSON text of a value.
  static func encode(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The value of a JSON text.
  static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
    try decode(type, from: Array(text.utf8))
  }

  /// The value of the bytes of a JSON text, which may come from anywhere: it is refused if one of its keys has more than
  /// 256 bytes, or one of its strings more than 16,384 that are not ASCII. The value's decoding can ask for `userInfo`.
  package static func decode<Value: Decodable>(
    _: Value.Type, from bytes: [UInt8], userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws -> Value {
    guard hasShortStrings(bytes) else {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "a string is too long"))
    }
    let decoder = JSONDecoder()
    decoder.userInfo = userInfo
    return try decoder.decode(Value.self, from: Data(bytes))
  }

  /// Whether keys and strings are short. To compare strings takes a time that grows with the square of the combining marks
  /// in them; the names of our files and choices are shorter. An escape sequence counts as four bytes.
  private static func hasShortStrings(_ bytes: [UInt8]) -> Bool {
    var (length, special, isString, isEscaped) = (0, 0, false, false)
    for byte in bytes {
      switch (isString, byte) {
      case (false, UInt8(ascii: "\"")): (isString, length, special) = (true, 0, 0)
      case (false, UInt8(ascii: ":")): if length > 256 { return false }
      case (false, _): break
      case (true, UInt8(ascii: "\"")) where !isEscaped: isString = false
      default:
        length += 1
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        special += isEscaped ? 4 : byte >= 0x80 ? 1 : 0
        if special > 16_384 { return false }
      }
    }
    return true
  }
}

extension [String: String] {
  /// A word of the metadata of a file, such as the name of a choice. It can be compared: of a longer text it is the first
  /// 256 bytes, which are no word.
  func word(_ key: String) -> String? {
    self[key].map { $0.utf8.count > 256 ? String(decoding: $0.utf8.prefix(256), as: UTF8.self) : $0 }
  }
}
