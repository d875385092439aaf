public import SparseInputs
import LinearAlgebra

/// A feed-forward network: any number of hidden layers below one output layer.
///
/// The network ends at the weighted inputs z of its output layer; an `Objective` turns them into outputs and costs.
///
///     let network = Network<Double>(zeros: [784, 30, 10])
///     network.parameterCount        // 23,860
public struct Network<Scalar: SparseScalar>: Equatable, Sendable {
  /// The layers, from the first above the inputs to the output layer.
  public internal(set) var layers: [Layer<Scalar>]

  /// The activation function of the hidden neurons.
  public let activation: Activation

  /// A network of layers, each of which takes as many inputs as the one below has neurons.
  public init(layers: [Layer<Scalar>], activation: Activation = .sigmoid) {
    precondition(!layers.isEmpty, "a network has an output layer")
    for (below, above) in zip(layers, layers.dropFirst()) {
      precondition(below.outputCount == above.inputCount, "a layer takes the outputs of the layer below")
    }
    self.layers = layers
    self.activation = activation
  }

  /// A network of zeros; `sizes` as in the book, inputs first: [784, 30, 10].
  public init(zeros sizes: [Int]) {
    self.init(
      layers: zip(sizes, sizes.dropFirst()).map { inputs, outputs in
        Layer(weights: Matrix(rows: outputs, columns: inputs), biases: Array(repeating: 0, count: outputs))
      })
  }

  /// The sizes of the layers, inputs first, as the book writes them: [784, 30, 10].
  public var sizes: [Int] { layers.prefix(1).map(\.inputCount) + layers.map(\.outputCount) }

  /// Whether the first layer's weights are stored in panels. Such a network takes sparse inputs, another dense ones.
  public var storesPanels: Bool { layers[0].panels != nil }

  /// Stores the first layer's weights in panels, or in rows. They are copied if that is not their form already.
  public mutating func storeInPanels(_ inPanels: Bool) {
    guard inPanels != storesPanels else { return }
    let (weights, biases) = (layers[0].weights, layers[0].biases)
    layers[0] =
      inPanels
      ? Layer(panels: PanelMatrix(transposing: weights), biases: biases) : Layer(weights: weights, biases: biases)
  }

  /// The number of weights and biases.
  public var parameterCount: Int { Self.parameterCount(of: sizes) }

  /// The number of weights and biases of a network of the given sizes, inputs first.
  public static func parameterCount(of sizes: [Int]) -> Int {
    zip(sizes, sizes.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
  }

  /// The sum of the squared weights, without the biases: the quantity that weight decay reduces.
  public var sumOfSquaredWeights: Double { layers.reduce(0) { $0 + $1.sumOfSquaredWeights } }

  /// The sum of the absolute weights, without the biases: the quantity that L1 regularization reduces.
  public var sumOfAbsoluteWeights: Double { layers.reduce(0) { $0 + $1.sumOfAbsoluteWeights } }

  /// Whether every weight and bias is finite.
  public var isFinite: Bool { layers.allSatisfy(\.isFinite) }
}
