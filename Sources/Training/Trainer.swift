public import Datasets
public import LinearAlgebra
public import NeuralNetwork

/// Trains a network by stochastic gradient descent and evaluates it after each epoch.
///
/// A trainer prints nothing and chooses nothing: it reports records, asks whether to go on, and its numbers depend on
/// neither.
public struct Trainer<Scalar: BLASScalar> {
  /// How far the pass over the training examples is.
  public struct Progress: Equatable, Sendable {
    /// The epoch, counted from 1.
    public let epoch: Int
    /// Training examples seen in this epoch.
    public let examplesSeen: Int
  }

  /// The state of the training, from which another trainer can go on.
  public private(set) var state: TrainingState<Scalar>

  /// The network as trained so far.
  public var network: Network<Scalar> { state.network }

  private let objective: Objective
  private let hyperparameters: Hyperparameters
  private let training: Examples
  private let validation: Examples?
  private let test: Examples
  private let measuresSaturation: Bool
  private let keepsBest: Bool

  private var order: ExampleOrder
  private(set) var batch: MiniBatch<Scalar>
  private var workspace: Workspace<Scalar>
  private var evaluator: Evaluator<Scalar>

  /// A trainer for a network whose sizes fit the data.
  ///
  /// - Parameters:
  ///   - network: The network to begin with.
  ///   - objective: What is minimised.
  ///   - hyperparameters: How; the batch size is at most the number of training examples.
  ///   - split: The examples that train and those that validate.
  ///   - test: The examples that do neither.
  ///   - measuresSaturation: Whether records tell how far the output neurons are saturated, which takes an exponential
  ///     for each of their outputs. The output layer must be sigmoid.
  ///   - kernel: How the first layer's products are formed.
  public init(
    _ network: Network<Scalar>, objective: Objective, hyperparameters: Hyperparameters, split: Split, test: Examples,
    measuresSaturation: Bool = false, kernel: InputKernel = .dense
  ) {
    let seed = hyperparameters.seed
    let state = TrainingState(
      network: network, weightsGenerator: Xoshiro256StarStar(seed: seed, stream: .weights),
      orderGenerator: Xoshiro256StarStar(seed: seed, stream: .order))
    self.init(
      resuming: state, objective: objective, hyperparameters: hyperparameters, split: split, test: test,
      measuresSaturation: measuresSaturation, kernel: kernel)
  }

  /// A trainer that goes on from the state of another one, for which the same was chosen.
  ///
  /// - Parameters:
  ///   - state: Where the training is.
  ///   - objective: What is minimised.
  ///   - hyperparameters: How; the batch size is at most the number of training examples.
  ///   - split: The examples that train and those that validate.
  ///   - test: The examples that do neither.
  ///   - measuresSaturation: Whether records tell how far the output neurons are saturated.
  ///   - kernel: How the first layer's products are formed.
  ///   - keepsBest: Whether the state keeps the network of the best epoch.
  public init(
    resuming state: TrainingState<Scalar>, objective: Objective, hyperparameters: Hyperparameters, split: Split,
    test: Examples, measuresSaturation: Bool = false, kernel: InputKernel = .dense, keepsBest: Bool = false
  ) {
    precondition(state.network.sizes[0] == split.training.dataset.pixelCount, "the network has an input for each pixel")
    precondition(hyperparameters.batchSize <= split.training.count, "a mini-batch is no larger than the data")
    precondition(!measuresSaturation || objective.output == .sigmoid, "sigmoid neurons saturate")
    self.state = state
    self.state.network.expectsSparseInputs = kernel == .sparse
    self.measuresSaturation = measuresSaturation
    self.keepsBest = keepsBest
    self.objective = objective
    self.hyperparameters = hyperparameters
    var training = split.training
    if kernel == .sparse || InputKernel.expansionPays(for: training) { training.compressPixels() }
    self.training = training
    self.validation = split.validation
    self.test = test
    order = ExampleOrder(count: split.training.count)
    let (sizes, smoothing) = (state.network.sizes, hyperparameters.labelSmoothing)
    batch = MiniBatch(
      capacity: hyperparameters.batchSize, sizes: sizes, objective: objective, labelSmoothing: smoothing,
      kernel: kernel)
    workspace = Workspace(for: sizes, capacity: hyperparameters.batchSize)
    evaluator = Evaluator(for: sizes, objective: objective, labelSmoothing: smoothing, kernel: kernel)
  }

  /// Trains until a number of epochs are done; for 0 epochs, evaluates the network as it is.
  ///
  /// - Parameters:
  ///   - epochs: How many passes are made over the training examples, those that the state has done included.
  ///   - patience: After how many epochs without a greater validation accuracy training ends; `nil` for never.
  ///   - report: Is given each epoch's record, and whether its epoch is the best so far. What it throws ends the
  ///     training and is passed on.
  ///   - keep: Is given the state after each epoch that left all numbers finite, and whether the epoch is the best so far.
  ///     What it throws ends the training and is passed on.
  ///   - shouldContinue: Is asked before each mini-batch; no ends the training there.
  /// - Returns: How it ended; an unfinished epoch leaves no record.
  /// - Throws: What `report` or `keep` throws, and nothing else.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func train(
    epochs: Int, patience: Int? = nil, report: (EpochRecord, _ isBest: Bool) throws -> Void,
    keep: (TrainingState<Scalar>, _ isBest: Bool) throws -> Void = { _, _ in }, shouldContinue: (Progress) -> Bool
  ) throws -> RunSummary {
    let clock = ContinuousClock()
    let start = clock.now
    let secondsBefore = state.seconds
    var status = RunSummary.Status.completed
    var untrained: EpochRecord?
    do {
      if epochs == 0 {
        let record = try evaluate(epoch: 0, shouldContinue)
        untrained = record
        try report(record, true)
      }
      while state.history.count < epochs {
        if let patience, state.epochsSinceBest >= patience {
          status = .outOfPatience
          break
        }
        let record = try runEpoch(state.history.count + 1, shouldContinue: shouldContinue)
        state.history.append(record)
        state.seconds = secondsBefore + (clock.now - start) / .seconds(1)
        let isBest = state.history.best == record
        try report(record, isBest)
        guard record.isFinite && network.isFinite else {
          throw Stop.diverged(Divergence(epoch: record.epoch, miniBatch: nil))
        }
        if keepsBest && isBest { state.bestNetwork = state.network }
        try keep(state, isBest)
      }
    } catch let stop as Stop {
      switch stop {
      case .diverged(let divergence): status = .diverged(divergence)
      case .interrupted: status = .interrupted
      }
    }
    state.seconds = secondsBefore + (clock.now - start) / .seconds(1)
    return RunSummary(
      status: status, last: state.history.last ?? untrained, best: state.history.best ?? untrained,
      seconds: state.seconds)
  }

  /// What ends an epoch before its record.
  private enum Stop: Error {
    case diverged(Divergence)
    case interrupted
  }

  private mutating func runEpoch(_ epoch: Int, shouldContinue: (Progress) -> Bool) throws(Stop) -> EpochRecord {
    var generator = state.orderGenerator
    try passOverTrainingExamples(epoch, using: &generator, shouldContinue)
    let record = try evaluate(epoch: epoch, shouldContinue)
    state.orderGenerator = generator
    state.partialEpoch = PartialEpoch()
    return record
  }

  private mutating func evaluate(epoch: Int, _ shouldContinue: (Progress) -> Bool) throws(Stop) -> EpochRecord {
    let clock = ContinuousClock()
    let start = clock.now
    let trained = epoch == 0 ? nil : state.partialEpoch
    let progress = Progress(epoch: epoch, examplesSeen: trained?.examplesSeen ?? 0)
    func evaluate(_ examples: Examples) throws(Stop) -> Evaluation {
      let evaluation = evaluator.evaluate(network, on: examples) { shouldContinue(progress) }
      guard let evaluation else { throw .interrupted }
      return evaluation
    }
    let validated = if let validation { try evaluate(validation) } else { Evaluation?.none }
    let tested = try evaluate(test)
    let decay = hyperparameters.l2 / (2 * Double(training.count))
    return EpochRecord(
      epoch: epoch, training: trained?.evaluation, validation: validated, test: tested,
      penalty: decay == 0 ? 0 : decay * network.sumOfSquaredWeights, seconds: trained?.seconds,
      evaluationSeconds: (clock.now - start) / .seconds(1), saturation: trained?.saturation)
  }

  /// One epoch of mini-batches, or the rest of one: gather, propagate, measure, form the error, propagate it back into the weights.
  private mutating func passOverTrainingExamples(
    _ epoch: Int, using generator: inout Xoshiro256StarStar, _ shouldContinue: (Progress) -> Bool
  ) throws(Stop) {
    let clock = ContinuousClock()
    let start = clock.now
    let secondsBefore = state.partialEpoch.seconds
    defer { state.partialEpoch.seconds = secondsBefore + (clock.now - start) / .seconds(1) }
    if hyperparameters.shuffles { order.shuffle(using: &generator) }
    let rate = hyperparameters.learningRate
    let retain = Scalar(1 - rate * hyperparameters.l2 / Double(training.count))
    if measuresSaturation && state.partialEpoch.saturation == nil { state.partialEpoch.saturation = Saturation() }
    for first in stride(from: state.partialEpoch.examplesSeen, to: training.count, by: hyperparameters.batchSize) {
      guard shouldContinue(Progress(epoch: epoch, examplesSeen: first)) else { throw .interrupted }
      batch.gather(training, in: order, first..<min(first + hyperparameters.batchSize, training.count))
      state.network.propagate(batch.inputs, in: &workspace)
      state.partialEpoch.evaluation.add(batch, weightedInputs: workspace.weightedInputs, under: objective)
      guard state.partialEpoch.evaluation.totalCost.isFinite else {
        throw .diverged(Divergence(epoch: epoch, miniBatch: first / hyperparameters.batchSize + 1))
      }
      state.partialEpoch.saturation?.add(workspace.weightedInputs)
      objective.formDelta(
        &workspace.delta, weightedInputs: workspace.weightedInputs, targets: batch.targets)
      state.network.backpropagate(
        &workspace, inputs: batch.inputs, scale: Scalar(-rate / Double(batch.count)), retaining: retain)
      state.partialEpoch.examplesSeen = first + batch.count
    }
  }
}
