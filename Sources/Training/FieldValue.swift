/// A value of JSON, for configurations and reports.
public enum FieldValue: Codable, Equatable, Sendable {
  /// No value.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A whole number that may be above those of `integer`. It is written as ``ExactInteger`` does.
  case unsigned(UInt64)
  /// A number; one that is not finite is written as null.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case list([FieldValue])
  /// An object.
  case object([String: FieldValue])

  /// Decodes any value.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let integer = try? value.decode(Int.self) {
      self = .integer(integer)
    } else if let unsigned = try? value.decode(UInt64.self) {
      self = .unsigned(unsigned)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let list = try? value.decode([FieldValue].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: FieldValue].self))
    }
  }

  /// Encodes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .integer(let integer): try container.encode(integer)
    case .unsigned(let unsigned): try container.encode(ExactInteger(wrappedValue: unsigned))
    case .number(let number): if number.isFinite { try container.encode(number) } else { try container.encodeNil() }
    case .string(let string): try container.encode(string)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }

  /// The members of an object that a value is encoded as; none, if it is encoded otherwise.
  static func fields(of value: some Encodable) -> [String: FieldValue] {
    (try? JSONText.decode([String: FieldValue].self, from: JSONText.encode(value))) ?? [:]
  }
}

extension FieldValue: CustomStringConvertible {
  /// The value as it may be typed: `3` and not `3.0`, `30,20`, `none` for an empty list, and nothing for null or a number that is not finite.
  public var description: String {
    switch self {
    case .null: return ""
    case .bool(let bool): return "\(bool)"
    case .integer(let integer): return "\(integer)"
    case .unsigned(let unsigned): return "\(unsigned)"
    case .number(let number):
      guard number.isFinite else { return "" }
      let text = "\(number)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .string(let string): return string
    case .list(let list): return list.isEmpty ? "none" : list.map(\.description).joined(separator: ",")
    case .object(let object): return object.keys.sorted().joined(separator: ",")
    }
  }
}
