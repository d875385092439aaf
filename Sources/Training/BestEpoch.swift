/// The figure on the validation examples by which the best epoch is chosen.
public enum BestMetric: String, CaseIterable, Codable, Sendable {
  /// The greatest accuracy is best.
  case accuracy
  /// The least cost is best.
  case cost
}

extension TrainingConfiguration {
  /// The record of the best epoch: the last one that is better than the best before it by more than `minDelta`. So of
  /// equals the earliest is best. Without validation examples it is the last record. Epochs that were not evaluated are
  /// left out.
  ///
  /// The choice ignores the test data.
  public func bestEpoch(of history: [EpochRecord]) -> EpochRecord? { course(of: history).best }

  /// Compares the record of an evaluated epoch with the best one before it.
  func isBetter(_ record: EpochRecord, than best: EpochRecord) -> Bool {
    guard let before = best.validation, let now = record.validation else { return true }
    let gain =
      switch bestBy {
      case .accuracy: now.accuracy - before.accuracy
      case .cost: before.cost - now.cost
      }
    return gain > minDelta
  }
}
