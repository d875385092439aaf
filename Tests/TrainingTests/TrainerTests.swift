import Datasets
import LinearAlgebra
import NeuralNetwork
import Testing
import Training

@Suite("Trainer") struct TrainerTests {
  private let objective: Objective

  init() throws {
    objective = try Objective(output: .softmax, cost: .crossEntropy)
  }

  /// A trainer of the brighter pixel.
  private func trainer(
    epochs: Int, objective: Objective? = nil, learningRate: Double = 1, validationCount: Int = 20,
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws -> Trainer<Double> {
    let configuration = configuration(objective ?? self.objective, learningRate: learningRate) { configuration in
      configuration.epochs = epochs
      change(&configuration)
    }
    return try Trainer(configuration, brighterPixelData(validationCount: validationCount))
  }

  /// Trains and returns the records.
  private func records(_ trainer: inout Trainer<Double>) throws -> [EpochRecord] {
    var records: [EpochRecord] = []
    _ = try trainer.train { record, _ in records.append(record) }
    return records
  }

  @Test("all five pairs learn which pixel is brighter", arguments: Objective.all)
  func learns(objective: Objective) throws {
    var trainer = try trainer(
      epochs: 60, objective: objective, learningRate: objective.output == .linear ? 0.3 : 2)
    let records = try records(&trainer)
    #expect(records.count == 60)
    #expect(try #require(records.last?.test).accuracy > 0.9)
  }

  @Test("the same seed gives the same bits, another seed others")
  func determinism() throws {
    func weights(seed: UInt64) throws -> Network<Double> {
      var trainer = try trainer(epochs: 2) { $0.seed = seed }
      _ = try records(&trainer)
      return trainer.network
    }
    #expect(try weights(seed: 3) == weights(seed: 3))
    #expect(try weights(seed: 3) != weights(seed: 4))
  }

  @Test("evaluating on validation examples changes nothing")
  func evaluation() throws {
    var plain = try trainer(epochs: 3)
    var unvalidated = try trainer(epochs: 3, validationCount: 0)
    _ = try records(&plain)
    _ = try records(&unvalidated)
    #expect(plain.network == unvalidated.network)
  }

  @Test("only the examples that were given are evaluated, by either kernel", arguments: InputKernel.allCases)
  func evaluatedExamples(kernel: InputKernel) throws {
    let data = brighterPixel(count: 600)
    func evaluation(_ range: Range<Int>) throws -> Evaluation {
      let configuration = configuration(objective) { ($0.kernel, $0.epochs) = (kernel, 0) }
      var trainer = try Trainer<Double>(configuration, brighterPixelData(test: Examples(of: data, in: range)))
      return try #require(try records(&trainer).first?.test)
    }
    let parts = try [evaluation(0..<257), evaluation(257..<300), evaluation(300..<600)]
    #expect(parts.map(\.count) == [257, 43, 300])
    let whole = try evaluation(0..<600)
    #expect(parts.map(\.correctCount).reduce(0, +) == whole.correctCount)
    #expect(abs(parts.map(\.totalCost).reduce(0, +) - whole.totalCost) < 1e-9)
  }

  @Test("each epoch has another order, unless the file's order is asked for")
  func order() throws {
    // With a vanishing rate the weights stay, and the costs of an epoch differ by the order of their sum alone.
    func costs(shuffles: Bool) throws -> Set<Double> {
      var trainer = try trainer(epochs: 8, learningRate: 1e-300) { ($0.batchSize, $0.shuffle) = (3, shuffles) }
      return Set(try records(&trainer).compactMap { $0.training?.totalCost })
    }
    #expect(try costs(shuffles: false).count == 1)
    #expect(try costs(shuffles: true).count > 1)
  }

  @Test("zero epochs evaluate the network as it is, in one record")
  func zeroEpochs() throws {
    var trainer = try trainer(epochs: 0)
    let start = trainer.network
    let records = try records(&trainer)
    #expect(records.map(\.epoch) == [0])
    #expect(records[0].training == nil)
    #expect(records[0].seconds == nil)
    #expect(records[0].validation?.count == 20)
    #expect(records[0].test?.count == 30)
    #expect(trainer.network == start)
  }

  @Test("training figures are measured before each mini-batch's own update")
  func trainingFigures() throws {
    let untrained = try trainer(epochs: 1) { $0.batchSize = 40 }
    var trainer = untrained
    let first = try #require(try records(&trainer).first?.training)
    // With all examples in one mini-batch the pass measures the untrained network.
    let data = brighterPixel(count: 40)
    var workspace = Workspace<Double>(for: [2, 3, 2], capacity: 40)
    var batch = MiniBatch<Double>(capacity: 40, pixelCount: 2, classCount: 2)
    batch.gather(Examples(of: data), in: ExampleOrder(count: 40), 0..<40)
    untrained.network.propagate(batch.inputs, in: &workspace)
    let expected = objective.cost(weightedInputs: workspace.weightedInputs, targets: batch.targets) / 40
    #expect(abs(first.cost - expected) < 1e-12)
  }

  @Test("the penalty is λ/(2n) times the sum of squared weights, and 0 without λ")
  func penalty() throws {
    var trainer = try trainer(epochs: 1, learningRate: 0.1) { $0.l2 = 2 }
    let record = try #require(try records(&trainer).first)
    var squares = 0.0
    for layer in trainer.network.layers { for weight in layer.weights.elements { squares += weight * weight } }
    #expect(abs(record.penalty - 2 / (2 * 40) * squares) < 1e-12)
    var free = try self.trainer(epochs: 1, learningRate: 0.1)
    #expect(try records(&free).first?.penalty == 0)
  }

  @Test("the best epoch is the earliest of greatest validation accuracy, and every better one is told")
  func bestEpoch() throws {
    var trainer = try trainer(epochs: 40, learningRate: 0.3)
    var records: [EpochRecord] = []
    var told: [Int] = []
    let summary = try trainer.train { record, isBest in
      records.append(record)
      if isBest { told.append(record.epoch) }
    }
    let accuracies = records.compactMap { $0.validation?.accuracy }
    let greatest = try #require(accuracies.max())
    #expect(accuracies.count { $0 == greatest } > 1, "equals are to be told apart")
    #expect(summary.best?.epoch == accuracies.firstIndex(of: greatest).map { $0 + 1 })
    let rising = accuracies.indices.filter { index in accuracies[..<index].allSatisfy { $0 < accuracies[index] } }
    #expect(told == rising.map { $0 + 1 })
  }

  @Test("without validation examples the best epoch is the last")
  func lastIsBest() throws {
    var trainer = try trainer(epochs: 3, validationCount: 0)
    let summary = try trainer.train()
    #expect(summary.best?.epoch == 3)
    #expect(summary.best?.validation == nil)
  }

  @Test("a cost that is no longer finite ends the run at its mini-batch, with no record of the epoch")
  func divergence() throws {
    let linear = try Objective(output: .linear, cost: .quadratic)
    var trainer = try trainer(epochs: 5, objective: linear, learningRate: 1e200)
    var count = 0
    let summary = try trainer.train { _, _ in count += 1 }
    #expect(count == 0)
    guard case .diverged(let divergence) = summary.status else {
      Issue.record("the run is \(summary.status)")
      return
    }
    #expect(divergence.epoch == 1)
    #expect(try #require(divergence.miniBatch) > 1)
  }

  @Test("weights that are no longer finite end the run even where every cost still is")
  func infiniteWeights() throws {
    // Sigmoid outputs cost at most ½ each, however far the biases have gone.
    let quadratic = try Objective(output: .sigmoid, cost: .quadratic)
    let layer = Layer<Double>(weights: Matrix(rows: 2, columns: 2), biases: [-Double.infinity, .infinity])
    var trainer = try Trainer(
      configuration(quadratic, hidden: []), brighterPixelData(), network: Network(layers: [layer]))
    var count = 0
    var kept = 0
    let summary = try trainer.train { record, isBest in
      count += record.test?.cost.isFinite == true && !isBest ? 1 : 0
    } keep: { _, _ in
      kept += 1
    }
    #expect(count == 1 && kept == 0)
    #expect(summary.best == nil && trainer.state.history.isEmpty, "an epoch that diverged is never the best")
    guard case .diverged(let divergence) = summary.status else {
      Issue.record("the run is \(summary.status)")
      return
    }
    #expect(divergence.miniBatch == nil)
  }

  @Test("a network that overflows is not evaluated without training either")
  func overflow() throws {
    let layer = Layer<Double>(
      weights: Matrix(rows: 2, columns: 2, elements: [1e308, 1e308, -1e308, -1e308]), biases: [1e308, 1e308])
    var trainer = try Trainer(
      configuration(objective, hidden: []) { $0.epochs = 0 }, brighterPixelData(), network: Network(layers: [layer]))
    var records: [EpochRecord] = []
    let summary = try trainer.train { record, isBest in
      records.append(record)
      #expect(!isBest)
    }
    guard case .diverged(let divergence) = summary.status else {
      Issue.record("the run is \(summary.status)")
      return
    }
    #expect(divergence.epoch == 0 && divergence.isBeforeTraining)
    #expect(summary.best == nil)
    #expect(records.map(\.test?.accuracy.isNaN) == [true])
  }

  @Test("patience counts from the best epoch by the chosen figure")
  func patience() throws {
    func epochs(_ metric: BestMetric) throws -> Int? {
      var trainer = try trainer(epochs: 200, learningRate: 0.3) { ($0.bestBy, $0.patience) = (metric, 5) }
      return try trainer.train().last?.epoch
    }
    // The cost goes on falling where the accuracy no longer grows.
    let (byAccuracy, byCost) = (try #require(try epochs(.accuracy)), try #require(try epochs(.cost)))
    #expect(byAccuracy < byCost)
  }

  @Test("told to stop, it stops before the next mini-batch and keeps what was finished")
  func interruption() throws {
    var trainer = try trainer(epochs: 5)
    var asked: [Trainer<Double>.Progress] = []
    let summary = try trainer.train(shouldContinue: { progress in
      asked.append(progress)
      return !(progress.epoch == 2 && progress.examplesSeen == 20)
    })
    #expect(summary.status == .interrupted)
    #expect(summary.last?.epoch == 1)
    #expect(asked.last?.examplesSeen == 20)
  }

  @Test("what a report throws ends the run and is passed on")
  func reportThrows() throws {
    struct Fault: Error {}
    var trainer = try trainer(epochs: 5)
    #expect(throws: Fault.self) { try trainer.train { _, _ in throw Fault() } }
  }

  @Test("the default learning rates are those of the table")
  func learningRates() {
    #expect(Objective.all.map { $0.defaultLearningRate(hasHiddenLayers: true) } == [3, 0.5, 0.5, 0.1, 0.1])
    #expect(Objective.all.map { $0.defaultLearningRate(hasHiddenLayers: false) } == [3, 0.5, 0.5, 0.1, 0.01])
  }
}
