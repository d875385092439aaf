import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

/// Numbers that look random and are the same every time: the fractional parts of multiples of the golden ratio.
private func numbers(_ count: Int, from first: Int, spread: Double) -> [Double] {
  (first..<first + count).map { index in
    let multiple = Double(index) * 0.618_033_988_749_894_9
    return spread * (2 * (multiple - multiple.rounded(.down)) - 1)
  }
}

/// A network of given sizes, its weights and biases not too small to matter.
func network(_ sizes: [Int], _ activation: Activation = .sigmoid) -> Network<Double> {
  var next = 1
  return Network(
    layers: zip(sizes, sizes.dropFirst()).map { inputs, outputs in
      defer { next += (inputs + 1) * outputs }
      return Layer(
        weights: Matrix(
          rows: outputs, columns: inputs, elements: numbers(inputs * outputs, from: next, spread: 1)),
        biases: numbers(outputs, from: next + inputs * outputs, spread: 1))
    }, activation: activation)
}

/// The same network with one parameter of one layer changed; weights row by row, then biases.
private func changing(_ network: Network<Double>, layer: Int, parameter: Int, by change: Double) -> Network<Double> {
  var layers = network.layers
  var (weights, biases) = (layers[layer].weights.elements, layers[layer].biases)
  if parameter < weights.count { weights[parameter] += change } else { biases[parameter - weights.count] += change }
  layers[layer] = Layer(
    weights: Matrix(rows: biases.count, columns: layers[layer].inputCount, elements: weights), biases: biases)
  return Network(layers: layers, activation: network.activation)
}

@Suite("Backpropagation") struct BackpropagationTests {
  private static let sizes = [[5, 4], [5, 3, 4], [5, 4, 3, 4], [5, 3, 6, 2, 4]]
  private let inputs = Matrix(rows: 3, columns: 5, elements: numbers(15, from: 500, spread: 1))
  private let hard = Matrix(rows: 3, columns: 4, elements: [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
  private let soft = Matrix(
    rows: 3, columns: 4, elements: [0.1, 0.7, 0.1, 0.1, 0.4, 0.3, 0.2, 0.1, 0.25, 0.25, 0.25, 0.25])

  private func cost(_ network: Network<Double>, _ objective: Objective, _ y: Matrix<Double>) -> Double {
    var workspace = Workspace<Double>(for: network.sizes, capacity: 3)
    network.propagate(.dense(inputs), in: &workspace)
    return objective.cost(weightedInputs: workspace.weightedInputs, targets: y) / 3
  }

  private func gradient(
    _ network: Network<Double>, _ objective: Objective, _ y: Matrix<Double>
  ) -> Network<Double> {
    var sum: any LayerUpdate<Double> = GradientSum(for: network)
    add(network, objective, y, to: &sum)
    return sum.moments[0]
  }

  /// Adds the mean gradient of the three examples.
  private func add(
    _ network: Network<Double>, _ objective: Objective, _ y: Matrix<Double>, to sum: inout any LayerUpdate<Double>
  ) {
    var network = network
    var workspace = Workspace<Double>(for: network.sizes, capacity: 3)
    network.propagate(.dense(inputs), in: &workspace)
    objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: y)
    network.backpropagate(&workspace, inputs: .dense(inputs), update: &sum)
  }

  @Test(
    "every layer's gradient agrees with central differences to 1e-6 of its norm", arguments: objectives,
    BackpropagationTests.sizes)
  func differences(objective: Objective, sizes: [Int]) {
    for activation in Activation.allCases { check(network(sizes, activation), objective) }
  }

  private func check(_ network: Network<Double>, _ objective: Objective) {
    let step = 1e-5
    for y in [hard, soft] {
      let gradient = gradient(network, objective, y)
      for (index, layer) in gradient.layers.enumerated() {
        let exact = layer.weights.elements + layer.biases
        let differences = exact.indices.map { parameter in
          let above = changing(network, layer: index, parameter: parameter, by: step)
          let below = changing(network, layer: index, parameter: parameter, by: -step)
          return (cost(above, objective, y) - cost(below, objective, y)) / (2 * step)
        }
        let norm = exact.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let error = zip(exact, differences).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        #expect(norm > 1e-4, "a gradient that vanishes checks nothing")
        #expect(error <= 1e-6 * norm, "layer \(index): \(error / norm)")
      }
    }
  }

  @Test("gradient descent is (1 − ηλ/n)·w − η·gradient for weights and b − η·gradient for biases", arguments: sizes)
  func step(sizes: [Int]) throws {
    let objective = try Objective(output: .sigmoid, cost: .crossEntropy)
    let start = network(sizes)
    let gradient = gradient(start, objective, hard)
    var trained = start
    var workspace = Workspace<Double>(for: sizes, capacity: 3)
    trained.propagate(.dense(inputs), in: &workspace)
    objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: hard)
    // 1 − ηλ/n = 1 − 0.25·5/10 = 0.875
    var update: any LayerUpdate<Double> = GradientDescent(
      learningRate: 0.25, decay: WeightDecay(l2: 5, l1: 0, trainingCount: 10))
    trained.backpropagate(&workspace, inputs: .dense(inputs), update: &update)
    for index in start.layers.indices {
      let (before, after, slope) = (start.layers[index], trained.layers[index], gradient.layers[index])
      for position in before.weights.elements.indices {
        let expected = 0.875 * before.weights.elements[position] - 0.25 * slope.weights.elements[position]
        #expect(abs(after.weights.elements[position] - expected) < 1e-14)
      }
      for position in before.biases.indices {
        let expected = before.biases[position] - 0.25 * slope.biases[position]
        #expect(abs(after.biases[position] - expected) < 1e-14)
      }
    }
  }

  @Test("the gradients of mini-batches add up, and the network stays as it is")
  func accumulation() throws {
    let objective = try Objective(output: .linear, cost: .quadratic)
    let network = network([5, 3, 4])
    let once = gradient(network, objective, hard)
    var twice: any LayerUpdate<Double> = GradientSum(for: network)
    for _ in 0..<2 { add(network, objective, hard, to: &twice) }
    for (layer, doubled) in zip(once.layers, twice.moments[0].layers) {
      for (one, two) in zip(layer.weights.elements + layer.biases, doubled.weights.elements + doubled.biases) {
        #expect(abs(two - 2 * one) < 1e-14)
      }
    }
  }

  @Test("a hidden neuron whose output rounds to 1 still passes its error on")
  func saturatedHiddenNeuron() throws {
    // z = 40 at the hidden neuron: 1 − σ(z) would be 0, but σ′(z) is e⁻⁴⁰.
    var network = Network<Double>(layers: [
      Layer(weights: Matrix(rows: 1, columns: 1, elements: [40]), biases: [0]),
      Layer(weights: Matrix(rows: 1, columns: 1, elements: [1]), biases: [0]),
    ])
    let input = Matrix<Double>(rows: 1, columns: 1, elements: [1])
    var sum: any LayerUpdate<Double> = GradientSum(for: network)
    var workspace = Workspace<Double>(for: network.sizes, capacity: 1)
    network.propagate(.dense(input), in: &workspace)
    try Objective(output: .linear, cost: .quadratic).formDelta(
      &workspace.delta, weightedInputs: workspace.weightedInputs, targets: Matrix(rows: 1, columns: 1))
    network.backpropagate(&workspace, inputs: .dense(input), update: &sum)
    #expect(abs(sum.moments[0].layers[0].biases[0] / exp(-40) - 1) < 1e-14)
  }
}
