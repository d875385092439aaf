public import LinearAlgebra

/// A feed-forward network: any number of layers of sigmoid neurons below one output layer.
///
/// The network ends at the weighted inputs z of its output layer. What an output layer makes of them, and what
/// that costs, is the matter of an `Objective`.
public struct Network<Scalar: BLASScalar>: Equatable, Sendable {
  /// The layers, from the first above the inputs to the output layer.
  public internal(set) var layers: [Layer<Scalar>]

  /// A network of layers of which each takes as many inputs as the one below has neurons.
  public init(layers: [Layer<Scalar>]) {
    precondition(!layers.isEmpty, "a network has an output layer")
    for (below, above) in zip(layers, layers.dropFirst()) {
      precondition(below.outputCount == above.inputCount, "a layer takes the outputs of the layer below")
    }
    self.layers = layers
  }

  /// A network of zeros, such as a gradient begins with; `sizes` as in the book, inputs first: [784, 30, 10].
  public init(zeros sizes: [Int]) {
    self.init(
      layers: zip(sizes, sizes.dropFirst()).map { inputs, outputs in
        Layer(weights: Matrix(rows: outputs, columns: inputs), biases: Array(repeating: 0, count: outputs))
      })
  }

  /// The sizes of the layers, inputs first, as the book writes them: [784, 30, 10].
  public var sizes: [Int] { layers.prefix(1).map(\.inputCount) + layers.map(\.outputCount) }

  /// Whether the first layer's weights are stored as products with sparse inputs want them. What the network computes is
  /// the same, up to rounding.
  public var expectsSparseInputs: Bool {
    get { layers[0].expectsSparseInputs }
    set { layers[0].expectsSparseInputs = newValue }
  }

  /// Takes the first layer's weights for those of a layer with sparse inputs as it stores them, without their scale, and
  /// gives them their scale.
  public mutating func restoreFirstLayer(scale: Double) {
    layers[0] = Layer(storedWeights: (layers[0].weights, scale), biases: layers[0].biases)
  }

  /// The number of weights and biases.
  public var parameterCount: Int { Self.parameterCount(of: sizes) }

  /// The number of weights and biases of a network of the given sizes, inputs first.
  public static func parameterCount(of sizes: [Int]) -> Int {
    zip(sizes, sizes.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
  }

  /// The sum of the squared weights, biases left out: what weight decay makes small.
  public var sumOfSquaredWeights: Double { layers.reduce(0) { $0 + $1.weights.sumOfSquares() } }

  /// Whether every weight and bias is finite.
  public var isFinite: Bool {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get {
      layers.allSatisfy { layer in layer.weights.isFinite && layer.biases.allSatisfy { $0.isFinite } }
    }
  }
}
