public import LinearAlgebra

/// A fully connected layer: the weights of its neurons and their biases.
///
///     z = a·wᵀ + b        a [B, in]   w [out, in]   b [out]   z [B, out]
public struct Layer<Scalar: BLASScalar>: Equatable, Sendable {
  /// The weights where the inputs are dense, `[out, in]`, and otherwise without elements.
  private var matrix: Matrix<Scalar>

  /// The weights where the inputs are sparse, `[in, out]`.
  private var panels: PanelMatrix<Scalar>?

  /// The biases, `[out]`.
  public private(set) var biases: [Scalar]

  /// A layer of given weights `[out, in]` and biases `[out]`.
  public init(weights: Matrix<Scalar>, biases: [Scalar]) {
    precondition(weights.rows == biases.count, "a neuron has a row of weights and a bias")
    self.matrix = weights
    self.biases = biases
  }

  /// The weights, `[out, in]`: row j holds those of neuron j.
  ///
  /// Those of a layer that expects sparse inputs are stored otherwise and are copied.
  public var weights: Matrix<Scalar> { panels?.transposed ?? matrix }

  /// Whether the weights are stored as products with sparse inputs want them. They are the same weights, and the layer
  /// takes inputs of either kind; those it does not expect cost a copy.
  var expectsSparseInputs: Bool {
    get { panels != nil }
    set {
      guard newValue != expectsSparseInputs else { return }
      let weights = weights
      panels = newValue ? PanelMatrix(transposing: weights) : nil
      matrix = newValue ? Matrix(rows: 0, columns: weights.columns) : weights
    }
  }

  /// The weights as they are stored: w = scale·unscaled. Only what is made of both has the bits of this layer.
  public var storedWeights: (unscaled: Matrix<Scalar>, scale: Double) {
    panels.map { ($0.unscaledTransposed, $0.scale) } ?? (matrix, 1)
  }

  /// A layer that expects sparse inputs, of weights as they were stored.
  public init(storedWeights: (unscaled: Matrix<Scalar>, scale: Double), biases: [Scalar]) {
    precondition(storedWeights.unscaled.rows == biases.count, "a neuron has a row of weights and a bias")
    matrix = Matrix(rows: 0, columns: storedWeights.unscaled.columns)
    panels = PanelMatrix(transposing: storedWeights.unscaled, scale: storedWeights.scale)
    self.biases = biases
  }

  /// Whether two layers have the same weights and biases.
  public static func == (layer: Layer, other: Layer) -> Bool {
    layer.weights == other.weights && layer.biases == other.biases
  }

  /// The number of inputs.
  public var inputCount: Int { matrix.columns }

  /// The number of neurons.
  public var outputCount: Int { biases.count }

  /// Forms the weighted inputs of the neurons, z = a·wᵀ + b.
  /// - Source: the book's equation 25.
  func formWeightedInputs(_ z: inout Matrix<Scalar>, from a: InputRows<Scalar>) {
    if let panels, case .sparse(let rows) = a {
      panels.formProduct(&z, of: rows, adding: biases)
    } else {
      z.fillRows(with: biases)
      z.formProduct(of: a.dense, and: weights.transposed, retaining: 1)
    }
  }

  /// Forms what the error δ of this layer is for the outputs of the layer below, ∂C/∂a = δ·w, `[B, in]`.
  func formOutputGradientBelow(_ gradient: inout Matrix<Scalar>, from delta: Matrix<Scalar>) {
    gradient.formProduct(of: delta, and: weights)
  }

  /// Adds the gradients of a mini-batch, summed over its examples, into weights and biases:
  ///
  ///     w ← retain·w + scale·δᵀ·a        b ← b + scale·Σ δ
  ///
  /// With scale = −η/m and retain = 1 − ηλ/n on the layer itself this is a step of gradient descent with weight
  /// decay, which spares the biases; on a layer of zeros with scale = 1/m it is the gradient.
  /// - Source: the book's equations BP3, BP4 and 93.
  mutating func addGradient(
    from delta: Matrix<Scalar>, inputs a: InputRows<Scalar>, scale: Scalar, retaining retain: Scalar
  ) {
    if expectsSparseInputs, case .sparse(let rows) = a {
      panels?.addProduct(of: rows, and: delta, scale: scale, retaining: retain)
    } else {
      expectsSparseInputs = false
      matrix.formProduct(of: delta.transposed, and: a.dense, scale: scale, retaining: retain)
    }
    delta.addRowSum(to: &biases, scale: scale)
  }
}
