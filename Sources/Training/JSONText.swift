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

  /// The value of the bytes of a JSON text, which may come from anywhere and must pass `JSONCheck`. The value's decoding
  /// can ask for `userInfo`.
  package static func decode<Value: Decodable>(
    _: Value.Type, from bytes: [UInt8], userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws -> Value {
    guard JSONCheck.passes(bytes) else {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "a string is too long, or no JSON"))
    }
    let decoder = JSONDecoder()
    decoder.userInfo = userInfo
    return try decoder.decode(Value.self, from: Data(bytes))
  }
}

extension [String: String] {
  /// A word of the metadata of a file, such as the name of a choice. It can be compared: of a longer text it is the first
  /// 256 bytes, which are no word.
  func word(_ key: String) -> String? {
    self[key].map { $0.utf8.count > 256 ? String(decoding: $0.utf8.prefix(256), as: UTF8.self) : $0 }
  }
}
