import Datasets
import LinearAlgebra
import NeuralNetwork
import Testing
import Training

/// Training against the numbers of other programs, which the scripts in `Reference` have written.
@Suite("Reference numbers") struct ReferenceTests {
  @Test(
    "an epoch in file order, with weight decay and a short last mini-batch, gives NumPy's weights to 1e-12",
    arguments: 0..<5)
  func epoch(pair: Int) throws {
    let (output, cost, rate) = Reference.pairs[pair]
    let objective = try Objective(output: output, cost: cost)
    let configuration = configuration(objective, learningRate: rate, hidden: Reference.hidden) { configuration in
      (configuration.l2, configuration.shuffle, configuration.epochs) = (5, false, 1)
    }
    var trainer = try Trainer(configuration, bundledDigits(limit: 205), network: Reference.initialNetwork())
    let summary = try trainer.train()
    let training = try #require(summary.last?.training)

    let numbers = trainer.network.layers.flatMap { $0.weights.elements + $0.biases }
    let expected = try Reference.numbers("epoch")[pair]
    let start = Reference.initialNetwork().layers.flatMap { $0.weights.elements + $0.biases }
    let largestError = zip(numbers, expected).map { abs($0 - $1) }.max() ?? .infinity
    let largestStep = zip(start, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(largestStep > 0.01, "weights that stay where they were check nothing")
    #expect(largestError <= 1e-12)
    #expect(abs(training.cost - expected[numbers.count]) <= 1e-12)
    #expect(training.accuracy == expected[numbers.count + 1])
  }

  @Test("the gradients of 100 digits agree with PyTorch's autograd to 1e-12 of each layer's", arguments: 0..<5)
  func gradients(pair: Int) throws {
    let (output, cost, _) = Reference.pairs[pair]
    var network = Reference.initialNetwork()
    var batch = MiniBatch<Double>(capacity: 100, pixelCount: 784, classCount: 10)
    batch.gather(try bundledDigits().training, in: ExampleOrder(count: 100), 0..<100)
    var workspace = Workspace<Double>(for: network.sizes, capacity: 100)
    network.propagate(batch.inputs, in: &workspace)
    try Objective(output: output, cost: cost).formDelta(
      &workspace.delta, weightedInputs: workspace.weightedInputs, targets: batch.targets)
    var sum: any LayerUpdate<Double> = GradientSum(for: network)
    network.backpropagate(&workspace, inputs: batch.inputs, update: &sum)

    var expected = try Reference.numbers("gradients")[pair][...]
    for layer in sum.moments[0].layers {
      let numbers = layer.weights.elements + layer.biases
      let greatest = expected.prefix(numbers.count).map(abs).max() ?? 0
      let error = zip(numbers, expected).map { abs($0 - $1) }.max() ?? .infinity
      #expect(greatest > 1e-4, "a gradient that vanishes checks nothing")
      #expect(error <= 1e-12 * greatest)
      expected = expected.dropFirst(numbers.count)
    }
    #expect(expected.isEmpty)
  }
}
