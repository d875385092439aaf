public import Datasets
public import LinearAlgebra
public import NeuralNetwork

/// All that the future of a training depends on, besides its data and what was chosen before it began.
///
/// A training that goes on from its state ends in the same bits as one that was never stopped.
public struct TrainingState<Scalar: BLASScalar>: Sendable {
  /// The network as trained so far.
  public var network: Network<Scalar>

  /// The network of the best epoch so far; `nil` before the first one, and where it is not kept.
  public var bestNetwork: Network<Scalar>?

  /// The stream that the first weights came from, after they were drawn.
  public var weightsGenerator: Xoshiro256StarStar

  /// The stream of the order, before the epoch that is under way was shuffled.
  public var orderGenerator: Xoshiro256StarStar

  /// The records of the epochs that are done.
  public var history: [EpochRecord] = []

  /// The epoch that is under way.
  public var partialEpoch = PartialEpoch()

  /// The time of all that has been done, in seconds.
  public var seconds = 0.0

  /// A training that is about to begin.
  public init(network: Network<Scalar>, weightsGenerator: Xoshiro256StarStar, orderGenerator: Xoshiro256StarStar) {
    self.network = network
    self.weightsGenerator = weightsGenerator
    self.orderGenerator = orderGenerator
  }

  /// The epochs that have gone by since the best one.
  var epochsSinceBest: Int { history.count - (history.best?.epoch ?? 0) }
}

/// How far an epoch is, and what has been measured in it.
public struct PartialEpoch: Equatable, Sendable {
  /// Training examples seen: the position in the epoch's order.
  public var examplesSeen = 0

  /// Cost and accuracy over these examples.
  public var evaluation = Evaluation()

  /// How far the output neurons were saturated; `nil` unless it was asked for.
  public var saturation: Saturation?

  /// The time of the training pass so far, in seconds.
  public var seconds = 0.0

  /// An epoch of which nothing is done.
  public init() {}
}
