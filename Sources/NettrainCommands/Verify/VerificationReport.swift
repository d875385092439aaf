import Files
import Training
import Verification

/// A report of the claims as they are checked.
protocol VerificationReport {
  /// Checking is about to begin.
  func start(_ subject: Subject, data: String, seed: UInt64) throws
  /// A claim has been checked.
  func add(_ finding: Finding) throws
  /// All have been checked.
  func end(failed: [String]) throws
}

/// For each claim a line with its error and verdict, then its statement and the method of the check.
struct VerificationText: VerificationReport {
  let writer: LineWriter
  /// Whether the figures behind a finding are shown.
  let showsDetails: Bool
  /// The width of the lines.
  let width: Int

  func start(_ subject: Subject, data: String, seed: UInt64) throws {
    try write("chapter 3 on networks \(subject.sizes) and \(data.shown(limit: 77))")
    try writer.write("\nclaim          error    bound")
  }

  private func write(_ text: String, indentation: Int = 0) throws {
    for line in Formatting.wrapped(text, width: width - indentation) {
      try writer.write(Formatting.left("", indentation) + line)
    }
  }

  func add(_ finding: Finding) throws {
    let claim = finding.claim
    let verdict = finding.holds ? "holds" : "FAILS"
    try writer.write(
      Formatting.left(claim.id, 11) + Formatting.right(Formatting.scientific(finding.error), 9)
        + Formatting.right(Formatting.scientific(claim.bound), 9) + "  " + verdict)
    try write(claim.statement, indentation: 2)
    try write(claim.method, indentation: 4)
    guard showsDetails else { return }
    try writer.write("")
    try write("bound: \(claim.boundReason)")
    try writer.write("")
    for detail in finding.details {
      try writer.write(
        "\(Formatting.left(detail.name, 52))\(Formatting.right(Formatting.significant(detail.value), 12))")
    }
  }

  func end(failed: [String]) throws {
    if showsDetails { return }
    try writer.write(failed.isEmpty ? "\nall claims hold" : "\n\(failed.joined(separator: ", ")): not so")
  }
}

/// JSON Lines: an object for each claim, then one for all.
struct VerificationJSON: VerificationReport {
  let writer: LineWriter

  func start(_ subject: Subject, data: String, seed: UInt64) throws {
    try write(
      "start",
      [
        ("schema", .integer(1)), ("version", .string(Nettrain.version)),
        ("layers", .list(subject.sizes.map { .integer($0) })), ("epochs", .integer(Subject.epochs)),
        ("data", .string(data.fileNameText)), ("seed", .unsigned(seed)),
      ])
  }

  func add(_ finding: Finding) throws {
    let claim = finding.claim
    let figures = Dictionary(finding.details.map { ($0.name, FieldValue.number($0.value)) }) { first, _ in first }
    try write(
      "claim",
      [
        ("id", .string(claim.id)), ("statement", .string(claim.statement)), ("method", .string(claim.method)),
        ("error", .number(finding.error)), ("bound", .number(claim.bound)),
        ("bound_reason", .string(claim.boundReason)), ("holds", .bool(finding.holds)), ("figures", .object(figures)),
      ])
  }

  func end(failed: [String]) throws {
    try write("end", [("holds", .bool(failed.isEmpty)), ("failed", .list(failed.map { .string($0) }))])
  }

  private func write(_ event: String, _ fields: [(name: String, value: FieldValue)]) throws {
    try writer.write(Record(event, fields).json)
  }
}
