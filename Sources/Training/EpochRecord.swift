public import NeuralNetwork

/// What is known of a network after an epoch.
public struct EpochRecord: Equatable, Sendable {
  /// The epoch, counted from 1; 0 for the untrained network.
  public let epoch: Int

  /// Cost and accuracy during the pass, each mini-batch before its own update; `nil` for the untrained network.
  public let training: Evaluation?

  /// Cost and accuracy on the validation examples after the pass; `nil` if there are none.
  public let validation: Evaluation?

  /// Cost and accuracy on the test examples after the pass.
  public let test: Evaluation

  /// The weight penalty after the pass, λ/(2n) Σ w², which no cost includes.
  /// - Source: the book's equation 85.
  public let penalty: Double

  /// The time of the training pass in seconds, shuffling included; `nil` for the untrained network.
  public let seconds: Double?

  /// The time of the evaluations after the pass, in seconds.
  public let evaluationSeconds: Double

  /// How far the output neurons were saturated during the pass; `nil` unless it was asked for.
  public let saturation: Saturation?

  /// A record of an epoch.
  public init(
    epoch: Int, training: Evaluation?, validation: Evaluation?, test: Evaluation, penalty: Double, seconds: Double?,
    evaluationSeconds: Double, saturation: Saturation?
  ) {
    self.epoch = epoch
    self.training = training
    self.validation = validation
    self.test = test
    self.penalty = penalty
    self.seconds = seconds
    self.evaluationSeconds = evaluationSeconds
    self.saturation = saturation
  }

  /// Whether every cost is finite.
  var isFinite: Bool {
    [training?.cost, validation?.cost, test.cost, penalty].allSatisfy { $0?.isFinite ?? true }
  }
}

extension [EpochRecord] {
  /// The record of the epoch of greatest validation accuracy, the earliest of equals; without validation examples that
  /// of the last epoch. Test data have no part in the choice.
  public var best: EpochRecord? {
    guard first?.validation != nil else { return last }
    return reduce(nil) { (best: EpochRecord?, record) in
      guard let accuracy = record.validation?.accuracy, let greatest = best?.validation?.accuracy else { return record }
      return accuracy > greatest ? record : best
    }
  }
}

/// How a training ended and what it reached.
public struct RunSummary: Equatable, Sendable {
  /// How a training ended.
  public enum Status: Equatable, Sendable {
    /// All epochs were trained.
    case completed
    /// The validation accuracy had not grown for as many epochs as were granted.
    case outOfPatience
    /// A cost or a weight was no longer finite.
    case diverged(Divergence)
    /// It was told to stop.
    case interrupted
  }

  /// How it ended.
  public var status: Status

  /// The record of the last epoch that was finished and evaluated.
  public var last: EpochRecord?

  /// The record of the best epoch.
  public var best: EpochRecord?

  /// The time from the first mini-batch to the end, evaluations included, in seconds.
  public var seconds: Double
}

/// Where training left the finite numbers.
public struct Divergence: Equatable, Sendable {
  /// The epoch, counted from 1.
  public let epoch: Int

  /// The mini-batch of the epoch, counted from 1, whose cost was not finite; `nil` if it was found after the pass.
  public let miniBatch: Int?
}
