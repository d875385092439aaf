import FoundationEssentials
import Verification

/// Something that tells of the claims as they are checked.
protocol VerificationReport {
  /// Checking is about to begin.
  func start(_ subject: Subject, data: String, seed: UInt64) throws
  /// A claim has been checked.
  func add(_ finding: Finding) throws
  /// All have been checked.
  func end(failed: [String]) throws
}

/// Two lines for each claim.
struct VerificationText: VerificationReport {
  let writer: LineWriter
  /// Whether the figures behind a finding are shown.
  let showsDetails: Bool

  func start(_ subject: Subject, data: String, seed: UInt64) throws {
    try writer.write(
      """
      chapter 3 on networks \(subject.sizes) and \(Formatting.oneLine(data))

      claim          error    bound
      """)
  }

  func add(_ finding: Finding) throws {
    let claim = finding.claim
    let verdict = finding.holds ? "holds" : "FAILS"
    try writer.write(
      """
      \(Formatting.left(claim.id, 11))\(Formatting.right(Formatting.scientific(finding.error), 9))\
      \(Formatting.right(Formatting.scientific(claim.bound), 9))  \(verdict)  \(claim.statement)
                                             \(claim.method)
      """)
    guard showsDetails else { return }
    try writer.write("\nbound: \(claim.boundReason)\n")
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
    try writer.write(
      JSONReport.line(StartEvent(layers: subject.sizes, epochs: Subject.epochs, data: data, seed: seed)))
  }

  func add(_ finding: Finding) throws {
    let figures = Dictionary(finding.details.map { ($0.name, finite($0.value)) }) { first, _ in first }
    try writer.write(
      JSONReport.line(
        ClaimEvent(
          id: finding.claim.id, statement: finding.claim.statement, method: finding.claim.method,
          error: finite(finding.error), bound: finding.claim.bound, reason: finding.claim.boundReason,
          holds: finding.holds, figures: figures)))
  }

  func end(failed: [String]) throws {
    try writer.write(JSONReport.line(EndEvent(holds: failed.isEmpty, failed: failed)))
  }

  private func finite(_ number: Double) -> Double? { number.isFinite ? number : nil }

  private struct ClaimEvent: Encodable {
    var event = "claim"
    var id: String
    var statement: String
    var method: String
    var error: Double?
    var bound: Double
    var reason: String
    var holds: Bool
    var figures: [String: Double?]

    private enum Key: String, CodingKey {
      case event, id, statement, method, error, bound, holds, figures
      case reason = "bound_reason"
    }

    /// An error that is not finite is written as null and not left out.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(event, forKey: .event)
      try container.encode(id, forKey: .id)
      try container.encode(statement, forKey: .statement)
      try container.encode(method, forKey: .method)
      try container.encode(error, forKey: .error)
      try container.encode(bound, forKey: .bound)
      try container.encode(reason, forKey: .reason)
      try container.encode(holds, forKey: .holds)
      try container.encode(figures, forKey: .figures)
    }
  }

  private struct StartEvent: Encodable {
    var event = "start"
    var schema = 1
    var version = Nettrain.version
    var layers: [Int]
    var epochs: Int
    var data: String
    var seed: UInt64
  }

  private struct EndEvent: Encodable {
    var event = "end"
    var holds: Bool
    var failed: [String]
  }
}
