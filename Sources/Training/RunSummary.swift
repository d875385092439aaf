public import NeuralNetwork

/// The end of a training and its results.
public struct RunSummary: Equatable, Sendable {
  /// The ways in which a training ends.
  public enum Status: Equatable, Sendable {
    /// All epochs were trained.
    case completed
    /// There had been no new best epoch for as many epochs as patience allows.
    case outOfPatience
    /// A cost or a weight was no longer finite.
    case diverged(Divergence)
    /// The caller stopped it.
    case interrupted
  }

  /// The way in which it ended.
  public var status: Status

  /// The record of the last epoch that was evaluated, even if it diverged.
  public var last: EpochRecord?

  /// The record of the best epoch; none that diverged.
  public var best: EpochRecord?

  /// The test images that the network of the last epoch gets right; `nil` if it diverged.
  public var testCorrect: CorrectBits?

  /// Those that the network of the best epoch gets right.
  public var testCorrectAtBest: CorrectBits?

  /// The mean cost of a test image under every cost that the output layer has, for targets of 0 and 1, by the last network;
  /// empty if the training was interrupted or diverged.
  public var testCosts: [Cost: Double] = [:]

  /// The time from the first mini-batch to the end, evaluations included, in seconds.
  public var seconds: Double
}

/// The place where training left the finite numbers.
public struct Divergence: Equatable, Sendable {
  /// The epoch, counted from 1; 0 for an evaluation without training.
  public let epoch: Int

  /// The mini-batch of the epoch, counted from 1, whose cost was not finite; `nil` if it was found after the pass.
  public let miniBatch: Int?

  /// Whether the network overflowed before any update.
  public var isBeforeTraining: Bool { epoch == 0 || (epoch == 1 && miniBatch == 1) }
}
