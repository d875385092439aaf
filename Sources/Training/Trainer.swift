import Datasets
public import NeuralNetwork
public import SparseInputs

/// Trains a network by stochastic gradient descent and evaluates it after each epoch.
///
/// A trainer prints nothing: it reports records and asks whether to go on. Its numbers depend on neither.
///
///     var trainer = try Trainer<Double>(TrainingConfiguration(learningRate: 0.1), data)
///     let summary = try trainer.train { record, isBest in print(record.epoch, record.test?.accuracy) }
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
  public internal(set) var state: TrainingState<Scalar>

  /// The network as trained so far.
  public var network: Network<Scalar> { state.network }

  let configuration: TrainingConfiguration
  let data: TrainingData
  let objective: Objective
  private let keepsBest: Bool
  var course: TrainingCourse
  var order: ExampleOrder
  var batch: MiniBatch<Scalar>
  var workspace: Workspace<Scalar>
  var dropout: Dropout<Scalar>?
  var evaluator: Evaluator<Scalar>

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
    if state.moments.isEmpty && configuration.momentCount > 0 {
      var zeros = Network<Scalar>(zeros: sizes)
      zeros.storeInPanels(configuration.kernel == .sparse)
      self.state.moments = Array(repeating: zeros, count: configuration.momentCount)
    }
    precondition(self.state.moments.count == configuration.momentCount, "the state is that of the method")
    self.configuration = configuration
    self.data = data.prepared(for: configuration.kernel)
    self.objective = objective
    self.keepsBest = keepsBest
    course = configuration.course(of: self.state.history)
    order = ExampleOrder(count: data.training.count)
    batch = MiniBatch(capacity: configuration.batchSize, objective, configuration, data)
    workspace = Workspace(for: sizes, capacity: configuration.batchSize)
    dropout = configuration.usesDropout ? Dropout(configuration) : nil
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
    let start = ContinuousClock.now
    let secondsBefore = state.seconds
    var status = RunSummary.Status.completed
    var (last, best) = (state.history.last, course.best)
    var testCosts: [Cost: Double] = [:]
    do {
      if configuration.epochs == 0 {
        let record = try measure(0, shouldContinue)
        last = record
        try check(record, report)
        best = record
        state.testCorrectAtBest = state.testCorrect
        try report(record, true)
      }
      while state.history.count < configuration.epochs {
        if course.isOutOfPatience {
          status = .outOfPatience
          break
        }
        let epoch = state.history.count + 1
        try trainEpoch(epoch, shouldContinue)
        let record = try measure(epoch, shouldContinue)
        last = record
        try check(record, report)
        state.partialEpoch = PartialEpoch()
        state.history.append(record)
        state.seconds = secondsBefore + start.seconds()
        course.add(record)
        best = course.best
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
    state.seconds = secondsBefore + start.seconds()
    let isSound = last?.test?.totalCost.isFinite ?? false
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
  enum Stop: Error {
    case diverged(Divergence)
    case interrupted
  }
}
