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

  /// The network as trained so far.
  public private(set) var network: Network<Scalar>

  private let objective: Objective
  private let hyperparameters: Hyperparameters
  private let training: Examples
  private let validation: Examples?
  private let test: Examples
  private var saturation: Saturation?

  private var order: ExampleOrder
  private var generator: Xoshiro256StarStar
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
    precondition(network.sizes[0] == split.training.dataset.pixelCount, "the network has an input for each pixel")
    precondition(hyperparameters.batchSize <= split.training.count, "a mini-batch is no larger than the data")
    precondition(!measuresSaturation || objective.output == .sigmoid, "sigmoid neurons saturate")
    saturation = measuresSaturation ? Saturation() : nil
    self.network = network
    self.network.expectsSparseInputs = kernel == .sparse
    self.objective = objective
    self.hyperparameters = hyperparameters
    var training = split.training
    if kernel == .sparse || InputKernel.expansionPays(for: training) { training.compressPixels() }
    self.training = training
    self.validation = split.validation
    self.test = test
    order = ExampleOrder(count: split.training.count)
    generator = Xoshiro256StarStar(seed: hyperparameters.seed, stream: .order)
    let (sizes, smoothing) = (network.sizes, hyperparameters.labelSmoothing)
    batch = MiniBatch(
      capacity: hyperparameters.batchSize, sizes: sizes, objective: objective, labelSmoothing: smoothing,
      kernel: kernel)
    workspace = Workspace(for: sizes, capacity: hyperparameters.batchSize)
    evaluator = Evaluator(for: sizes, objective: objective, labelSmoothing: smoothing, kernel: kernel)
  }

  /// Trains for a number of epochs; for 0 epochs, evaluates the network as it is.
  ///
  /// - Parameters:
  ///   - epochs: How many passes are made over the training examples.
  ///   - report: Is given each epoch's record, and whether its epoch is the best so far. What it throws ends the
  ///     training and is passed on.
  ///   - shouldContinue: Is asked before each mini-batch; no ends the training there.
  /// - Returns: How it ended; an unfinished epoch leaves no record.
  /// - Throws: What `report` throws, and nothing else.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func train(
    epochs: Int, report: (EpochRecord, _ isBest: Bool) throws -> Void, shouldContinue: (Progress) -> Bool
  ) throws -> RunSummary {
    let clock = ContinuousClock()
    let start = clock.now
    var summary = RunSummary(status: .completed, seconds: 0)
    do {
      for epoch in epochs == 0 ? 0...0 : 1...epochs {
        let record = try runEpoch(epoch, shouldContinue: shouldContinue)
        let isBest = summary.add(record)
        try report(record, isBest)
        if !record.isFinite || !network.isFinite { throw Stop.diverged(Divergence(epoch: epoch, miniBatch: nil)) }
      }
    } catch let stop as Stop {
      switch stop {
      case .diverged(let divergence): summary.status = .diverged(divergence)
      case .interrupted: summary.status = .interrupted
      }
    }
    summary.seconds = (clock.now - start) / .seconds(1)
    return summary
  }

  /// What ends an epoch before its record.
  private enum Stop: Error {
    case diverged(Divergence)
    case interrupted
  }

  private mutating func runEpoch(
    _ epoch: Int, shouldContinue: (Progress) -> Bool
  ) throws(Stop) -> EpochRecord {
    let clock = ContinuousClock()
    let start = clock.now
    let trained = epoch == 0 ? nil : try passOverTrainingExamples(epoch, shouldContinue)
    let end = clock.now
    let progress = Progress(epoch: epoch, examplesSeen: epoch == 0 ? 0 : training.count)
    func evaluate(_ examples: Examples) throws(Stop) -> Evaluation {
      let evaluation = evaluator.evaluate(network, on: examples) { shouldContinue(progress) }
      guard let evaluation else { throw .interrupted }
      return evaluation
    }
    let validated = if let validation { try evaluate(validation) } else { Evaluation?.none }
    let tested = try evaluate(test)
    let decay = hyperparameters.l2 / (2 * Double(training.count))
    return EpochRecord(
      epoch: epoch, training: trained, validation: validated, test: tested,
      penalty: decay == 0 ? 0 : decay * network.sumOfSquaredWeights,
      seconds: epoch == 0 ? nil : (end - start) / .seconds(1),
      evaluationSeconds: (clock.now - end) / .seconds(1), saturation: trained == nil ? nil : saturation)
  }

  /// One epoch of mini-batches: gather, propagate, measure, form the error, propagate it back into the weights.
  private mutating func passOverTrainingExamples(
    _ epoch: Int, _ shouldContinue: (Progress) -> Bool
  ) throws(Stop) -> Evaluation {
    if hyperparameters.shuffles { order.shuffle(using: &generator) }
    let rate = hyperparameters.learningRate
    let retain = Scalar(1 - rate * hyperparameters.l2 / Double(training.count))
    if saturation != nil { saturation = Saturation() }
    var evaluation = Evaluation()
    for first in stride(from: 0, to: training.count, by: hyperparameters.batchSize) {
      guard shouldContinue(Progress(epoch: epoch, examplesSeen: first)) else { throw .interrupted }
      batch.gather(training, in: order, first..<min(first + hyperparameters.batchSize, training.count))
      network.propagate(batch.inputs, in: &workspace)
      evaluation.add(batch, weightedInputs: workspace.weightedInputs, under: objective)
      guard evaluation.totalCost.isFinite else {
        throw .diverged(Divergence(epoch: epoch, miniBatch: first / hyperparameters.batchSize + 1))
      }
      saturation?.add(workspace.weightedInputs)
      objective.formDelta(
        &workspace.delta, weightedInputs: workspace.weightedInputs, targets: batch.targets)
      network.backpropagate(
        &workspace, inputs: batch.inputs, scale: Scalar(-rate / Double(batch.count)), retaining: retain)
    }
    return evaluation
  }
}

extension RunSummary {
  /// Takes in an epoch's record; tells whether its epoch is the best so far.
  fileprivate mutating func add(_ record: EpochRecord) -> Bool {
    last = record
    if let accuracy = record.validation?.accuracy, let best = best?.validation?.accuracy, accuracy <= best {
      return false
    }
    best = record
    return true
  }
}
