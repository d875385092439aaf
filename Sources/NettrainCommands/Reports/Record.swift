import FoundationEssentials
import Training

/// Named values in order: a line of JSON Lines or a row of CSV.
struct Record {
  /// The `event` of a line of JSON; CSV leaves it out.
  var event: String?

  /// The values under their names. `null` is empty in CSV.
  var fields: [(name: String, value: FieldValue)]

  init(_ event: String? = nil, _ fields: [(name: String, value: FieldValue)]) {
    self.event = event
    self.fields = fields
  }

  /// A JSON object in one line, its keys in alphabetical order.
  var json: String {
    var object = Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
    if let event { object["event"] = .string(event) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // No value of JSON fails to be encoded.
    return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The names as comma-separated values.
  var csvHeader: String { fields.map { Self.quoted($0.name) }.joined(separator: ",") }

  /// The values as comma-separated values, in quotes where a text needs them.
  /// - Source: RFC 4180.
  var csvRow: String { fields.map { Self.quoted($0.value.description) }.joined(separator: ",") }

  /// A text as a value of CSV.
  static func quoted(_ text: String) -> String {
    text.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}

extension FieldValue {
  /// A number, or null.
  static func number(_ number: Double?) -> FieldValue { number.map { .number($0) } ?? .null }

  /// A number of seconds, rounded to microseconds, or null.
  static func seconds(_ seconds: Double?) -> FieldValue { .number(seconds.map { ($0 * 1e6).rounded() / 1e6 }) }

  /// A whole number, or null.
  static func integer(_ integer: Int?) -> FieldValue { integer.map { .integer($0) } ?? .null }
}

/// The form of a stream of records.
enum RecordFormat {
  case json
  case csv

  /// Writes records that all have the same names.
  func write(_ records: some Sequence<Record>, to writer: LineWriter) throws {
    switch self {
    case .json: for record in records { try writer.write(record.json) }
    case .csv:
      for record in records { try writer.write(record.csvRow) }
    }
  }
}
