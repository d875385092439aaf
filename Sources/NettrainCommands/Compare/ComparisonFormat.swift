import ArgumentParser
import Experiments
import Files
import Training

/// The forms of a comparison's table.
enum ComparisonFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case markdown
  case csv
  case json

  /// The form that the extension of a file's name says; `nil` if there is none of that extension.
  init?(fileName: String) {
    switch fileName.split(separator: ".").last?.lowercased() {
    case "txt": self = .text
    case "md": self = .markdown
    case "csv": self = .csv
    case "json", "jsonl": self = .json
    default: return nil
    }
  }

  /// Whether there is something other than a table at a path, by its beginning.
  static func isForeign(_ path: String) -> Bool {
    guard let file = try? ReadableFile(path), file.byteCount > 0 else { return false }
    guard let start = try? file.read(min(file.byteCount, 100)) else { return true }
    let text = String(decoding: start, as: UTF8.self)
    return !text.hasPrefix("variant,output,cost,") && !text.hasPrefix(#"{"cost":""#)
      && text.prefixMatch(of: /\d+ seeds?, \d+/) == nil
  }

  /// The lines of a comparison.
  func lines(of text: ComparisonText) -> [String] {
    let records = Record.comparison(text.comparison.rows)
    return switch self {
    case .text: text.lines
    case .markdown: text.markdown
    case .csv: records.prefix(1).map(\.csvHeader) + records.map(\.csvRow)
    case .json: records.map(\.json)
    }
  }
}

extension Record {
  /// The rows of a comparison. Each has all options that some variants differ in, so that the columns are the same.
  static func comparison(_ rows: [ComparisonRow]) -> [Record] {
    let names = Set(rows.flatMap(\.variant.varied.keys)).subtracting(["learning_rate"]).sorted()
    return rows.map { comparison($0, varied: names) }
  }

  private static func comparison(_ row: ComparisonRow, varied names: [String]) -> Record {
    let choices = row.variant.configuration
    func sample(_ name: String, _ sample: Sample?) -> [(name: String, value: FieldValue)] {
      [("\(name)_mean", .number(sample?.mean)), ("\(name)_sd", .number(sample?.standardDeviation))]
    }
    let varied = names.map { name in
      let value = row.variant.varied[name] ?? choices.fields.first { $0.name == name }?.value.description
      return (name: name, value: value.map { FieldValue.string($0) } ?? .null)
    }
    var fields: [(name: String, value: FieldValue)] = [
      ("variant", .string(row.variant.name)), ("output", .string(choices.output.rawValue)),
      ("cost", .string(choices.cost.rawValue)),
    ]
    fields += varied
    fields += [
      ("learning_rate", .number(choices.learningRate)), ("seeds", .integer(row.runCount)),
      ("diverged", .integer(row.divergedCount)),
    ]
    fields += sample("test_accuracy", row.testAccuracy) + sample("test_accuracy_at_best", row.testAccuracyAtBest)
    fields += [
      ("validation_accuracy_at_best_mean", .number(row.validationAccuracyAtBest?.mean)),
      ("reference", .bool(row.isReference)), ("difference", .number(row.differences?.mean)),
      ("difference_low", .number(row.difference?.low)), ("difference_high", .number(row.difference?.high)),
      ("general_low", .number(row.generalDifference?.low)), ("general_high", .number(row.generalDifference?.high)),
      ("p", .number(row.p)), ("p_holm", .number(row.correctedP)),
      ("only_variant_right", .integer(row.onlyRight?.variant)),
      ("only_reference_right", .integer(row.onlyRight?.reference)), ("mcnemar_p", .number(row.mcNemarP)),
      ("epochs_to_target", .number(row.toTarget?.epochs)), ("seconds_to_target", .seconds(row.toTarget?.seconds)),
      ("cost_quadratic_mean", .number(row.costs[.quadratic])),
      ("cost_cross_entropy_mean", .number(row.costs[.crossEntropy])), ("verdict", .string(row.verdict.rawValue)),
    ]
    return Record(nil, fields)
  }
}
