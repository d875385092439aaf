import FoundationEssentials
import Training

/// JSON Lines: one object per event, its keys in alphabetical order.
struct JSONReport: RunReport {
  let writer: LineWriter
  /// Whether epochs have the figures of saturation.
  let hasSaturation: Bool

  func start(_ run: RunDescription) throws { try write(StartEvent(run)) }

  func epoch(_ record: EpochRecord, isBest: Bool) throws {
    try write(EpochEvent(record: record, hasSaturation: hasSaturation))
  }

  func end(_ summary: RunSummary) throws { try write(EndEvent(summary: summary)) }

  private func write(_ event: some Encodable) throws { try writer.write(Self.line(event)) }

  /// An event as a line, without its end.
  static func line(_ event: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(event), as: UTF8.self)
  }
}

/// An epoch's figures under their names, which are keys in JSON and columns in CSV.
struct EpochEvent: Encodable {
  let record: EpochRecord
  let hasSaturation: Bool

  /// The names, in the order of the columns.
  enum Name: String, CaseIterable, CodingKey {
    case epoch
    case trainCost = "train_cost"
    case trainAccuracy = "train_accuracy"
    case validationCost = "validation_cost"
    case validationAccuracy = "validation_accuracy"
    case testCost = "test_cost"
    case testAccuracy = "test_accuracy"
    case penalty
    case seconds
    case evaluationSeconds = "evaluation_seconds"
    case meanSlope = "mean_slope"
    case saturated

    /// The names of the figures that a run has.
    static func all(withSaturation hasSaturation: Bool) -> [Name] {
      allCases.filter { hasSaturation || ($0 != .meanSlope && $0 != .saturated) }
    }
  }

  /// The figure of a name; `nil` if there is none or it is not finite.
  subscript(name: Name) -> Double? {
    let figure: Double? =
      switch name {
      case .epoch: Double(record.epoch)
      case .trainCost: record.training?.cost
      case .trainAccuracy: record.training?.accuracy
      case .validationCost: record.validation?.cost
      case .validationAccuracy: record.validation?.accuracy
      case .testCost: record.test.cost
      case .testAccuracy: record.test.accuracy
      case .penalty: record.penalty
      case .seconds: record.seconds.map(roundedToMicroseconds)
      case .evaluationSeconds: roundedToMicroseconds(record.evaluationSeconds)
      case .meanSlope: record.saturation?.meanSlope
      case .saturated: record.saturation?.saturatedShare
      }
    return figure.flatMap { $0.isFinite ? $0 : nil }
  }

  func encode(to encoder: any Encoder) throws {
    enum EventKey: CodingKey { case event }
    var event = encoder.container(keyedBy: EventKey.self)
    try event.encode("epoch", forKey: .event)
    var figures = encoder.container(keyedBy: Name.self)
    for name in Name.all(withSaturation: hasSaturation) { try figures.encode(self[name], forKey: name) }
  }
}

/// What the last line says.
private struct EndEvent: Encodable {
  let summary: RunSummary

  private enum Key: String, CodingKey {
    case event, status, epochs, seconds
    case bestEpoch = "best_epoch"
    case validationAccuracyAtBest = "validation_accuracy_at_best"
    case testAccuracyAtBest = "test_accuracy_at_best"
    case testAccuracy = "test_accuracy"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("end", forKey: .event)
    try container.encode(summary.status.name, forKey: .status)
    try container.encode(summary.last?.epoch ?? 0, forKey: .epochs)
    try container.encode(summary.best?.epoch, forKey: .bestEpoch)
    try container.encode(summary.best?.validation?.accuracy, forKey: .validationAccuracyAtBest)
    try container.encode(summary.best?.test.accuracy, forKey: .testAccuracyAtBest)
    try container.encode(summary.last?.test.accuracy, forKey: .testAccuracy)
    try container.encode(roundedToMicroseconds(summary.seconds), forKey: .seconds)
  }
}

extension RunSummary.Status {
  /// The word that logs have for it.
  fileprivate var name: String {
    switch self {
    case .completed, .outOfPatience: "completed"
    case .diverged: "diverged"
    case .interrupted: "interrupted"
    }
  }
}

private func roundedToMicroseconds(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
