public import NeuralNetwork
public import SparseInputs

/// The state of a training: all that its future depends on besides configuration and data.
///
/// A training that goes on from its state ends in the same bits as one that was never stopped. Random numbers are not
/// part of it: they are functions of seed and epoch.
public struct TrainingState<Scalar: SparseScalar>: Sendable {
  /// The network as trained so far.
  public var network: Network<Scalar>

  /// The network of the best epoch so far; `nil` before the first one, and if it is not kept.
  public var bestNetwork: Network<Scalar>?

  /// The numbers that the method keeps beside the weights: the velocities of momentum, or Adam's means of gradients and of
  /// their squares, as networks of the network's sizes. Empty before the first step, and with plain gradient descent.
  public var moments: [Network<Scalar>] = []

  /// The records of the finished epochs, all of them finite.
  public var history: [EpochRecord] = []

  /// The test images that the network of the last finished epoch got right; `nil` before it.
  public var testCorrect: CorrectBits?

  /// Those that the network of the best epoch got right.
  public var testCorrectAtBest: CorrectBits?

  /// The epoch under way.
  public var partialEpoch = PartialEpoch()

  /// The time of the training so far, in seconds.
  public var seconds = 0.0

  /// A training that begins with a network.
  public init(network: Network<Scalar>) { self.network = network }
}

/// The part of an epoch that has been trained, with its measurements.
public struct PartialEpoch: Codable, Equatable, Sendable {
  /// Training examples seen: the position in the epoch's order.
  public var examplesSeen = 0

  /// Cost and accuracy over these examples.
  public var evaluation = Evaluation()

  /// The saturation of the output neurons; `nil` unless it was asked for.
  public var saturation: Saturation?

  /// The time of the training pass so far, in seconds.
  public var seconds = 0.0

  /// An epoch that has not begun.
  public init() {}

  /// Whether the values, if they come from a file, can be those of an epoch.
  var isSensible: Bool {
    examplesSeen >= 0 && evaluation.isSensible && evaluation.count == examplesSeen && isDuration(seconds)
  }
}

/// Whether a number of seconds can be that of a training.
func isDuration(_ seconds: Double) -> Bool { seconds >= 0 && seconds < 1e12 }
