import Datasets
public import NeuralNetwork
public import SparseInputs

/// Trains a network by stochastic gradient descent and evaluates it after each epoch.
///
/// A trainer prints nothing: it reports records and asks whether to go on. Its numbers depend on neither.
///
///     var trainer = try Trainer<Double>(TrainingConfiguration(learningRate: 0.1), data)
///     let summary = try trainer.train { record, isBest in print(record.epoch, record.test.accuracy) }
public struct Trainer<Scalar: SparseScalar> {
  /// The position in the pass over the training examples.
  public struct Progress: Equatable, Sendable {
    /// The epoch, counted from 1.
    public let epoch: Int
    /// Training examples seen in this epoch.
    public let examplesSeen: Int
    /// Cost and accuracy over these examples.
    public let evaluation: Evaluation
  }

  /// The state of the training, from which another trainer can go on.
  public private(set) var state: TrainingState<Scalar>

  /// The network as trained so far.
  public var network: Network<Scalar> { state.network }

  private let configuration: TrainingConfiguration
  private let data: TrainingData
  private let objective: Objective
  private let keepsBest: Bool
  private var order: ExampleOrder
  private(set) var batch: MiniBatch<Scalar>
  private var workspace: Workspace<Scalar>
  private var evaluator: Evaluator<Scalar>

  /// A trainer that begins with random weights, or with a given network.
  ///
  /// - Parameters:
  ///   - configuration: The choices; the batch size is at most the number of training examples.
  ///   - data: The examples.
  ///   - network: The network to begin with, of sizes that fit the configuration and the data.
  ///   - keepsBest: Whether the state keeps the network of the best epoch.
  /// - Throws: `ObjectiveError`, if output layer and cost do not fit together.
  public init(
    _ configuration: TrainingConfiguration, _ data: TrainingData, network: Network<Scalar>? = nil,
    keepsBest: Bool = false
  ) throws(ObjectiveError) {
    let network =
      network
      ?? Network(
        sizes: configuration.sizes(inputs: data.pixelCount, classes: data.classCount),
        initialization: configuration.initialization, seed: configuration.seed, activation: configuration.activation)
    try self.init(resuming: TrainingState(network: network), configuration, data, keepsBest: keepsBest)
  }

  /// A trainer that goes on from the state of another one with the same configuration and data.
  public init(
    resuming state: TrainingState<Scalar>, _ configuration: TrainingConfiguration, _ data: TrainingData,
    keepsBest: Bool = false
  ) throws(ObjectiveError) {
    let objective = try configuration.objective()
    let sizes = configuration.sizes(inputs: data.pixelCount, classes: data.classCount)
    precondition(state.network.sizes == sizes, "the network has an input for each pixel and an output for each class")
    precondition(configuration.batchSize <= data.training.count, "a mini-batch is no larger than the data")
    precondition(!configuration.saturation || objective.output == .sigmoid, "sigmoid neurons saturate")
    self.state = state
    self.state.network.storeInPanels(configuration.kernel == .sparse)
    if state.moments.isEmpty {
      var zeros = Network<Scalar>(zeros: sizes)
      zeros.storeInPanels(configuration.kernel == .sparse)
      self.state.moments = Array(repeating: zeros, count: configuration.momentCount)
    }
    precondition(self.state.moments.count == configuration.momentCount, "the state is that of the method")
    self.configuration = configuration
    self.data = data.prepared(for: configuration.kernel)
    self.objective = objective
    self.keepsBest = keepsBest
    order = ExampleOrder(count: data.training.count)
    batch = MiniBatch(capacity: configuration.batchSize, objective, configuration, data)
    workspace = Workspace(for: sizes, capacity: configuration.batchSize)
    evaluator = Evaluator(for: sizes, objective, configuration, data)
  }

  /// Trains until the epochs of the configuration are done; for 0 epochs, evaluates the network as it is.
  ///
  /// - Parameters:
  ///   - report: Receives each epoch's record, and whether its epoch is the best so far.
  ///   - keep: Receives the state after each epoch that left all numbers finite, and whether the epoch is the best so far.
  ///   - shouldContinue: Is called before each mini-batch; false ends the training there.
  /// - Returns: The end of the training; an unfinished epoch leaves no record.
  /// - Throws: Errors of `report` and `keep`, which end the training.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func train(
    report: (EpochRecord, _ isBest: Bool) throws -> Void = { _, _ in },
    keep: (TrainingState<Scalar>, _ isBest: Bool) throws -> Void = { _, _ in },
    shouldContinue: (Progress) -> Bool = { _ in true }
  ) throws -> RunSummary {
    let clock = ContinuousClock()
    let start = clock.now
    let secondsBefore = state.seconds
    var status = RunSummary.Status.completed
    var (last, best) = (state.history.last, configuration.bestEpoch(of: state.history))
    var testCosts: [Cost: Double] = [:]
    do {
      if configuration.epochs == 0 {
        let record = try evaluate(epoch: 0, shouldContinue)
        last = record
        try check(record, report)
        best = record
        state.testCorrectAtBest = state.testCorrect
        try report(record, true)
      }
      while state.history.count < configuration.epochs {
        if let patience = configuration.patience, state.history.count - (best?.epoch ?? 0) >= patience {
          status = .outOfPatience
          break
        }
        let epoch = state.history.count + 1
        try trainEpoch(epoch, shouldContinue)
        let record = try evaluate(epoch: epoch, shouldContinue)
        last = record
        try check(record, report)
        state.partialEpoch = PartialEpoch()
        state.history.append(record)
        state.seconds = secondsBefore + (clock.now - start) / .seconds(1)
        best = configuration.bestEpoch(of: state.history)
        let isBest = best?.epoch == epoch
        if keepsBest && isBest { state.bestNetwork = state.network }
        if isBest { state.testCorrectAtBest = state.testCorrect }
        try report(record, isBest)
        try keep(state, isBest)
      }
      testCosts = evaluator.costs(network, on: data.test, classCount: data.classCount)
    } catch let stop as Stop {
      switch stop {
      case .diverged(let divergence): status = .diverged(divergence)
      case .interrupted: status = .interrupted
      }
    }
    state.seconds = secondsBefore + (clock.now - start) / .seconds(1)
    let isSound = last?.test.totalCost.isFinite ?? false
    return RunSummary(
      status: status, last: last, best: best, testCorrect: isSound ? state.testCorrect : nil,
      testCorrectAtBest: state.testCorrectAtBest, testCosts: testCosts, seconds: state.seconds)
  }

  /// Whether all test images get the same outputs, but for rounding: the network no longer depends on its inputs.
  public mutating func hasEqualOutputs() -> Bool { evaluator.hasEqualOutputs(network, on: data.test) }

  /// Ends the training after an epoch that left a number that is not finite. Its record is reported, and is never the
  /// best.
  private func check(_ record: EpochRecord, _ report: (EpochRecord, _ isBest: Bool) throws -> Void) throws {
    guard record.isFinite && network.isFinite else {
      try report(record, false)
      throw Stop.diverged(Divergence(epoch: record.epoch, miniBatch: nil))
    }
  }

  /// The reason for the end of an epoch before its record.
  private enum Stop: Error {
    case diverged(Divergence)
    case interrupted
  }

  /// The mini-batches of an epoch, or the rest of them after an interruption: gather, propagate, measure, form the error,
  /// propagate it back into the weights.
  private mutating func trainEpoch(_ epoch: Int, _ shouldContinue: (Progress) -> Bool) throws(Stop) {
    let clock = ContinuousClock()
    let start = clock.now
    let secondsBefore = state.partialEpoch.seconds
    defer { state.partialEpoch.seconds = secondsBefore + (clock.now - start) / .seconds(1) }
    if configuration.shuffle {
      var generator = Xoshiro256StarStar(seed: configuration.seed, purpose: .order, epoch: epoch - 1)
      order.shuffle(using: &generator)
    }
    let (rate, count) = (configuration.learningRate(inEpoch: epoch), data.training.count)
    if configuration.saturation && state.partialEpoch.saturation == nil { state.partialEpoch.saturation = Saturation() }
    // The moments are moved out and back: with a second owner, their storage would be copied.
    var moments: [Network<Scalar>] = []
    swap(&moments, &state.moments)
    switch configuration.optimizer {
    case .sgd where configuration.momentum == 0:
      var update = GradientDescent<Scalar>(
        learningRate: rate, l2: configuration.l2, l1: configuration.l1, trainingCount: count)
      try trainMiniBatches(epoch, &update, shouldContinue)
    case .sgd:
      var update = Momentum(
        moments.removeLast(), momentum: configuration.momentum, learningRate: rate, l2: configuration.l2,
        l1: configuration.l1, trainingCount: count)
      defer { state.moments = [update.velocity] }
      try trainMiniBatches(epoch, &update, shouldContinue)
    case .adam:
      let square = moments.removeLast()
      let batches = (count + configuration.batchSize - 1) / configuration.batchSize
      let step = (epoch - 1) * batches + state.partialEpoch.examplesSeen / configuration.batchSize
      var update = Adam(
        (moments.removeLast(), square), step: step, learningRate: rate, l2: configuration.l2, l1: configuration.l1,
        trainingCount: count)
      defer { state.moments = [update.moments.mean, update.moments.square] }
      try trainMiniBatches(epoch, &update, shouldContinue)
    }
  }

  @inline(__always)
  private mutating func trainMiniBatches<Update: LayerUpdate<Scalar>>(
    _ epoch: Int, _ update: inout Update, _ shouldContinue: (Progress) -> Bool
  ) throws(Stop) {
    let (count, batchSize) = (data.training.count, configuration.batchSize)
    for first in stride(from: state.partialEpoch.examplesSeen, to: count, by: batchSize) {
      let progress = Progress(epoch: epoch, examplesSeen: first, evaluation: state.partialEpoch.evaluation)
      guard shouldContinue(progress) else { throw .interrupted }
      batch.gather(data.training, in: order, first..<min(first + batchSize, count))
      state.network.propagate(batch.inputs, in: &workspace)
      state.partialEpoch.evaluation.add(batch, weightedInputs: workspace.weightedInputs, under: objective)
      guard state.partialEpoch.evaluation.totalCost.isFinite else {
        throw .diverged(Divergence(epoch: epoch, miniBatch: first / batchSize + 1))
      }
      state.partialEpoch.saturation?.add(workspace.weightedInputs)
      objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: batch.targets)
      state.network.backpropagate(&workspace, inputs: batch.inputs, update: &update)
      state.partialEpoch.examplesSeen = first + batch.count
    }
  }

  private mutating func evaluate(epoch: Int, _ shouldContinue: (Progress) -> Bool) throws(Stop) -> EpochRecord {
    let clock = ContinuousClock()
    let start = clock.now
    let trained = epoch == 0 ? nil : state.partialEpoch
    let progress = Progress(
      epoch: epoch, examplesSeen: trained?.examplesSeen ?? 0, evaluation: trained?.evaluation ?? Evaluation())
    func evaluate(_ examples: Examples) throws(Stop) -> (evaluation: Evaluation, correct: CorrectBits) {
      let evaluation = evaluator.evaluate(network, on: examples) { shouldContinue(progress) }
      guard let evaluation else { throw .interrupted }
      return evaluation
    }
    let validated =
      if let validation = data.validation { try evaluate(validation).evaluation } else { Evaluation?.none }
    let (tested, correct) = try evaluate(data.test)
    state.testCorrect = correct
    return EpochRecord(
      epoch: epoch, learningRate: epoch == 0 ? nil : configuration.learningRate(inEpoch: epoch),
      training: trained?.evaluation,
      validation: validated, test: tested,
      penalty: configuration.penalty(of: network, trainingCount: data.training.count),
      seconds: trained?.seconds,
      evaluationSeconds: (clock.now - start) / .seconds(1), saturation: trained?.saturation)
  }
}
