public import NeuralNetwork

/// The measurements of a network after an epoch.
public struct EpochRecord: Codable, Equatable, Sendable {
  /// The epoch, counted from 1; 0 for the untrained network.
  public let epoch: Int

  /// The learning rate of the pass; `nil` for the untrained network.
  public let learningRate: Double?

  /// Cost and accuracy during the pass, each mini-batch before its own update and without the neurons that it leaves out;
  /// `nil` for the untrained network.
  public let training: Evaluation?

  /// Cost and accuracy on the validation examples after the pass; `nil` if there are none, and if the epoch was not
  /// evaluated.
  public let validation: Evaluation?

  /// Cost and accuracy on the test examples after the pass; `nil` if the epoch was not evaluated.
  public let test: Evaluation?

  /// The weight penalty after the pass, λ₂/(2n) Σ w² + λ₁/n Σ |w|, which no cost includes.
  /// - Source: the book's equations 85 and 95.
  public let penalty: Double

  /// The time of the training pass in seconds, shuffling included; `nil` for the untrained network.
  public let seconds: Double?

  /// The time of the evaluations after the pass, in seconds; `nil` if there were none.
  public let evaluationSeconds: Double?

  /// The saturation of the output neurons during the pass; `nil` unless it was asked for.
  public let saturation: Saturation?

  /// Whether every cost is finite.
  var isFinite: Bool {
    [training?.cost, validation?.cost, test?.cost, penalty].allSatisfy { $0?.isFinite ?? true }
  }

  /// Whether the values, if they come from a file, can be those of an epoch.
  var isSensible: Bool {
    isFinite && [training, validation, test].allSatisfy { $0?.isSensible ?? true } && test?.count != 0
      && [seconds, evaluationSeconds].allSatisfy { $0.map(isDuration) ?? true }
  }
}
