public import NeuralNetwork
public import Training

/// The figures of a run that a comparison reads.
public struct RunResult: Equatable, Sendable {
  /// The figures of an epoch.
  public struct Epoch: Equatable, Sendable {
    /// The time of the training pass, in seconds.
    public var seconds: Double
    /// The accuracy on the test images; `nil` if the epoch was not evaluated.
    public var testAccuracy: Double?
    /// The share of saturated outputs; `nil` for outputs that do not saturate one by one.
    public var saturatedShare: Double?
    /// The cost of a test image that the run minimizes; `nil` if the epoch was not evaluated.
    public var testCost: Double?
  }

  /// Whether a cost or a weight was no longer finite.
  public var isDiverged: Bool

  /// The finished epochs.
  public var epochs: [Epoch]

  /// The accuracy of the last network on the test images.
  public var testAccuracy: Double?
  /// That of the best epoch's network.
  public var testAccuracyAtBest: Double?
  /// The accuracy of the best epoch's network on the validation examples.
  public var validationAccuracyAtBest: Double?
  /// The costs of the last network on the test images, for targets of 0 and 1.
  public var testCosts: [Cost: Double]
  /// The test images that the last network gets right.
  public var testCorrect: CorrectBits?

  /// The figures of a run that has ended.
  public init(_ summary: RunSummary, history: [EpochRecord]) {
    if case .diverged = summary.status { isDiverged = true } else { isDiverged = false }
    // Logs have microseconds.
    epochs = history.map {
      Epoch(
        seconds: (($0.seconds ?? 0) * 1e6).rounded() / 1e6, testAccuracy: $0.test?.accuracy,
        saturatedShare: $0.saturation?.saturatedShare, testCost: $0.test?.cost)
    }
    testAccuracy = isDiverged ? nil : summary.last?.test?.accuracy
    testAccuracyAtBest = summary.best?.test?.accuracy
    validationAccuracyAtBest = summary.best?.validation?.accuracy
    testCosts = summary.testCosts
    testCorrect = isDiverged ? nil : summary.testCorrect
  }

  /// A result with all figures; those of the last network are left out if it diverged.
  init(
    isDiverged: Bool, epochs: [Epoch], testAccuracy: Double?, testAccuracyAtBest: Double?,
    validationAccuracyAtBest: Double?, testCosts: [Cost: Double], testCorrect: CorrectBits?
  ) {
    self.isDiverged = isDiverged
    self.epochs = epochs
    self.testAccuracy = isDiverged ? nil : testAccuracy
    self.testAccuracyAtBest = testAccuracyAtBest
    self.validationAccuracyAtBest = validationAccuracyAtBest
    self.testCosts = testCosts
    self.testCorrect = isDiverged ? nil : testCorrect
  }
}
