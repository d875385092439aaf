import Datasets
import Foundation
import NeuralNetwork
import Testing
import Training

/// The methods of training against an independent program in NumPy, `Reference/make_methods.py`.
@Suite("Methods of training") struct MethodTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Choices: Decodable {
      var output: OutputLayer
      var cost: Cost
      var learningRate: Double
      var hidden: [Int]
      var activation: Activation?
      var learningRateDecay, momentum, l1, l2: Double?
      var optimizer: Optimizer?
      var dropout: [Double]?
    }
    var choices: Choices
    var parameters: [Double]
    var cost, accuracy: Double

    var testDescription: String {
      let method = [
        choices.activation?.rawValue, choices.optimizer?.rawValue, choices.learningRateDecay.map { "decay \($0)" },
        choices.momentum.map { "momentum \($0)" }, choices.l1.map { "l1 \($0)" }, choices.l2.map { "l2 \($0)" },
        choices.dropout.map { _ in "dropout" },
      ]
      return method.compactMap(\.self).joined(separator: ", ") + ": \(choices.output) \(choices.cost.rawValue)"
    }

    var configuration: TrainingConfiguration {
      var configuration = TrainingConfiguration(learningRate: choices.learningRate)
      (configuration.output, configuration.cost, configuration.hidden) = (choices.output, choices.cost, choices.hidden)
      configuration.activation = choices.activation ?? .sigmoid
      configuration.learningRateDecay = choices.learningRateDecay ?? 1
      configuration.momentum = choices.momentum ?? 0
      (configuration.l1, configuration.l2) = (choices.l1 ?? 0, choices.l2 ?? 0)
      configuration.optimizer = choices.optimizer ?? .sgd
      configuration.dropout = choices.dropout ?? []
      (configuration.epochs, configuration.shuffle, configuration.limit) = (2, false, 205)
      return configuration
    }
  }

  private static let cases: [Case] = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let url = Bundle.module.url(forResource: "methods", withExtension: "json", subdirectory: "Reference")
    return url.flatMap { try? decoder.decode([Case].self, from: Data(contentsOf: $0)) } ?? []
  }()

  @Test("there are cases of each method with each pair")
  func all() { #expect(Self.cases.count == 60 && Set(Self.cases.map(\.testDescription)).count == 60) }

  @Test(
    "two epochs in file order, with a short last mini-batch, give NumPy's weights to 1e-12, from dense and from sparse inputs",
    arguments: cases)
  func epochs(sample: Case) throws {
    for kernel in [InputKernel.dense, .sparse] {
      var configuration = sample.configuration
      configuration.kernel = kernel
      let sizes = [784] + configuration.hidden + [10]
      let start = Reference.initialNetwork(sizes, configuration.activation)
      var trainer = try Trainer(configuration, bundledDigits(limit: 205), network: start)
      let summary = try trainer.train()
      let numbers = trainer.network.layers.flatMap { $0.weights.elements + $0.biases }
      let sparse = stride(from: 0, to: numbers.count, by: 41).map { numbers[$0] }
      #expect(sparse.count == sample.parameters.count)
      let largestError = zip(sparse, sample.parameters).map { abs($0 - $1) }.max() ?? .infinity
      #expect(largestError <= 1e-12, "\(kernel)")
      let first = start.layers.flatMap { $0.weights.elements + $0.biases }
      let largestStep =
        zip(stride(from: 0, to: first.count, by: 41).map { first[$0] }, sample.parameters)
        .map { abs($0 - $1) }.max() ?? 0
      #expect(largestStep > 1e-3, "weights that stay where they were check nothing")
      let training = try #require(summary.last?.training)
      #expect(abs(training.cost - sample.cost) <= 1e-12 && training.accuracy == sample.accuracy, "\(kernel)")
    }
  }

  @Test(
    "a training that is stopped in an epoch and goes on from its state has the same bits",
    arguments: ["momentum", "adam", "dropout"], InputKernel.allCases)
  func resumed(method: String, kernel: InputKernel) throws {
    var configuration = TrainingConfiguration(learningRate: 0.01)
    configuration.kernel = kernel
    configuration.momentum = method == "momentum" ? 0.9 : 0
    configuration.optimizer = method == "adam" ? .adam : .sgd
    configuration.dropout = method == "dropout" ? [0.5] : []
    (configuration.hidden, configuration.epochs, configuration.limit, configuration.l2) = ([9], 3, 205, 1)
    let data = try bundledDigits(limit: 205)
    var whole = try Trainer<Double>(configuration, data)
    _ = try whole.train()
    for batches in [1, 20, 21, 33] {
      var trainer = try Trainer<Double>(configuration, data)
      var left = batches
      _ = try trainer.train(shouldContinue: { _ in
        left -= 1
        return left >= 0
      })
      let provenance = Provenance(version: "1", directory: nil, sha256: [:])
      let checkpoint = try Checkpoint(
        Checkpoint(trainer.state, configuration: configuration, provenance: provenance).file)
      var resumed = try Trainer<Double>(
        resuming: checkpoint.state(Double.self, sizes: trainer.network.sizes), configuration, data)
      _ = try resumed.train()
      #expect(resumed.network == whole.network, "after \(batches) mini-batches")
      #expect(resumed.state.moments == whole.state.moments)
    }
  }

  @Test("Adam takes one step with a mini-batch of any size, from dense and from sparse inputs", arguments: [128, 300])
  func largeBatches(batchSize: Int) throws {
    var configuration = TrainingConfiguration(learningRate: 0.01)
    (configuration.optimizer, configuration.batchSize, configuration.l2) = (.adam, batchSize, 1)
    (configuration.hidden, configuration.epochs, configuration.limit) = ([40], 4, 700)
    let networks = try [InputKernel.dense, .sparse].map { kernel in
      configuration.kernel = kernel
      var trainer = try Trainer<Double>(configuration, bundledDigits(limit: 700))
      _ = try trainer.train()
      return trainer.network.layers.flatMap { $0.weights.elements + $0.biases }
    }
    #expect(zip(networks[0], networks[1]).allSatisfy { abs($0 - $1) <= 1e-12 })
    let start = Network<Double>(sizes: [784, 40, 10], initialization: .scaled, seed: configuration.seed)
    let first = start.layers.flatMap { $0.weights.elements + $0.biases }
    #expect(zip(networks[0], first).contains { abs($0 - $1) > 0.05 }, "the network has learned")
  }

  @Test("the penalty is that of both regularizations")
  func penalty() throws {
    var configuration = TrainingConfiguration(learningRate: 0.1)
    (configuration.l1, configuration.l2) = (3, 5)
    let network = Network<Double>(sizes: [3, 2], initialization: .large, seed: 1)
    let weights = network.layers[0].weights.elements
    let expected = weights.reduce(0) { $0 + 5 / 20.0 * $1 * $1 + 3 / 10.0 * abs($1) }
    #expect(abs(configuration.weightDecay(trainingCount: 10).penalty(of: network) - expected) < 1e-12)
    var panels = network
    panels.storeInPanels(true)
    #expect(abs(configuration.weightDecay(trainingCount: 10).penalty(of: panels) - expected) < 1e-12)
  }
}
