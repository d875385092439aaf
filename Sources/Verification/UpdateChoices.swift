import LinearAlgebra
import NeuralNetwork
import SparseInputs

/// The choices of an update that is checked.
public struct UpdateChoices: Sendable {
  /// η.
  public var learningRate: Double
  /// μ, the momentum.
  public var momentum = 0.9
  /// λ₂ of squared weights.
  public var l2 = 5.0
  /// λ₁ of absolute weights.
  public var l1 = 3.0
  /// The number of training examples, n.
  public var trainingCount = 5000

  var decay: WeightDecay { WeightDecay(l2: l2, l1: l1, trainingCount: trainingCount) }

  var gradientDescent: GradientDescent<Double> { GradientDescent(learningRate: learningRate, decay: decay) }

  func momentum(for network: Network<Double>) -> Momentum<Double> {
    Momentum(Network(zeros: network.sizes), momentum: momentum, learningRate: learningRate, decay: decay)
  }

  func adam(for network: Network<Double>) -> Adam<Double> {
    let zeros = Network<Double>(zeros: network.sizes)
    return Adam(mean: zeros, square: zeros, step: 0, learningRate: learningRate, decay: decay)
  }

  /// The gradient of the penalty by each parameter, λ₂/n·w + λ₁/n·sgn w for weights and 0 for biases, by the formula.
  func penaltyGradient(_ parameters: [Double], areWeights: [Bool]) -> [Double] {
    zip(parameters, areWeights).map { w, isWeight in
      let sign = w > 0 ? 1.0 : w < 0 ? -1 : 0
      return isWeight ? (l2 * w + l1 * sign) / Double(trainingCount) : 0
    }
  }
}

extension Network<Double> {
  /// All weights and biases, layer by layer, the weights row by row and then the biases.
  var parameters: [Double] { layers.flatMap { $0.weights.elements + $0.biases } }

  /// The same network with other parameters.
  func with(_ parameters: [Double]) -> Network {
    var rest = parameters[...]
    let layers = layers.map { layer in
      let weights = Array(rest.prefix(layer.inputCount * layer.outputCount))
      rest = rest.dropFirst(weights.count)
      let biases = Array(rest.prefix(layer.outputCount))
      rest = rest.dropFirst(biases.count)
      return Layer(
        weights: Matrix(rows: layer.outputCount, columns: layer.inputCount, elements: weights), biases: biases)
    }
    return Network(layers: layers, activation: activation)
  }

  /// For each parameter, true if it is a weight and false if it is a bias.
  var areWeights: [Bool] {
    layers.flatMap { layer in
      Array(repeating: true, count: layer.inputCount * layer.outputCount)
        + Array(repeating: false, count: layer.outputCount)
    }
  }

  /// Updates every layer for an example whose inputs and errors are 0.
  mutating func update(with update: GradientDescent<Double>) {
    var layers = layers
    for index in layers.indices {
      update.update(
        &layers[index], at: index, delta: Matrix(rows: 1, columns: layers[index].outputCount),
        inputs: .dense(Matrix(rows: 1, columns: layers[index].inputCount)))
    }
    self = Network(layers: layers, activation: activation)
  }
}
