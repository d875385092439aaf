/// The course that a training takes by its records: the best epoch, the learning rate of the next one, and the end of
/// patience.
///
///     var course = configuration.course(of: state.history)
///     course.add(record)
///     course.learningRate        // that of the epoch after the record's
struct TrainingCourse {
  /// The record of the best epoch.
  private(set) var best: EpochRecord?

  /// The learning rate of the next epoch, η·decayᵉ⁻¹/2ʰ in epoch e after h halvings.
  private(set) var learningRate: Double

  /// True once patience has ended and no halving is left.
  private(set) var isOutOfPatience = false

  private let configuration: TrainingConfiguration
  private var halvings = 0
  /// The epoch that patience counts from: the best one, or that of a halving after it.
  private var patienceStart = 0

  fileprivate init(_ configuration: TrainingConfiguration) {
    self.configuration = configuration
    learningRate = configuration.learningRate
  }

  /// Takes the record of the next epoch. Only an evaluated one can be the best, and only there does patience end.
  /// - Source: chapter 3, "Learning rate schedule" and the exercise after it.
  mutating func add(_ record: EpochRecord) {
    learningRate *= configuration.learningRateDecay
    guard record.test != nil else { return }
    if best.map({ configuration.isBetter(record, than: $0) }) ?? true {
      best = record
      patienceStart = record.epoch
    } else if let patience = configuration.patience, record.epoch - patienceStart >= patience {
      if halvings < configuration.halvings {
        halvings += 1
        learningRate /= 2
        patienceStart = record.epoch
      } else {
        isOutOfPatience = true
      }
    }
  }
}

extension TrainingConfiguration {
  /// The course of a training after some epochs.
  func course(of history: [EpochRecord]) -> TrainingCourse {
    var course = TrainingCourse(self)
    for record in history { course.add(record) }
    return course
  }
}
