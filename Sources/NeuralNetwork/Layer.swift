public import LinearAlgebra
public import SparseInputs

/// A fully connected layer: the weights of its neurons and their biases.
///
///     z = a·wᵀ + b        a [B, in]   w [out, in]   b [out]   z [B, out]
///
///     let layer = Layer(weights: Matrix(rows: 1, columns: 2, elements: [3.0, 4]), biases: [5])
///     layer.inputCount        // 2
public struct Layer<Scalar: SparseScalar>: Equatable, Sendable {
  var form: LayerWeights<Scalar>

  /// The biases, `[out]`.
  public internal(set) var biases: [Scalar]

  /// A layer of given weights `[out, in]` and biases `[out]`, for dense inputs.
  public init(weights: Matrix<Scalar>, biases: [Scalar]) {
    precondition(weights.rows == biases.count, "a neuron has a row of weights and a bias")
    form = .rows(weights)
    self.biases = biases
  }

  /// A layer of given weights in panels and biases `[out]`, for sparse inputs.
  public init(panels: PanelMatrix<Scalar>, biases: [Scalar]) {
    precondition(panels.outputCount == biases.count, "a neuron has a column of weights and a bias")
    form = .panels(panels)
    self.biases = biases
  }

  /// The weights, `[out, in]`: row j holds those of neuron j. Weights in panels are copied.
  public var weights: Matrix<Scalar> { form.matrix }

  /// The weights in panels; `nil` if they are stored in rows.
  public var panels: PanelMatrix<Scalar>? {
    if case .panels(let panels) = form { panels } else { nil }
  }

  /// Whether two layers have the same weights and biases, however they are stored.
  public static func == (layer: Layer, other: Layer) -> Bool {
    layer.weights == other.weights && layer.biases == other.biases
  }

  /// The number of inputs.
  public var inputCount: Int { form.inputCount }

  /// The number of neurons.
  public var outputCount: Int { biases.count }

  /// The sum of the squared weights, without the biases.
  var sumOfSquaredWeights: Double { form.sumOfSquares }

  /// The sum of the absolute weights, without the biases.
  var sumOfAbsoluteWeights: Double { form.sumOfMagnitudes }

  /// Whether every weight and bias is finite.
  var isFinite: Bool { form.isFinite && biases.allSatisfy(\.isFinite) }

  /// Forms the weighted inputs of the neurons, z = a·wᵀ + b.
  /// - Source: the book's equation 25.
  func formWeightedInputs(_ z: inout Matrix<Scalar>, from a: InputRows<Scalar>) {
    form.formProduct(&z, of: a, adding: biases)
  }

  /// Forms the gradient of the cost by the activations of the layer below, ∂C/∂a = δ·w, `[B, in]`, from the error δ of
  /// this layer.
  func formGradientBelow(_ gradient: inout Matrix<Scalar>, from delta: Matrix<Scalar>) {
    gradient.formProduct(of: delta, and: weights)
  }

  /// Adds the gradients of a mini-batch, summed over its examples, to weights and biases:
  ///
  ///     w ← retain·w + scale·δᵀ·a        b ← b + scale·Σ δ
  ///
  /// With scale = −η/m and retain = 1 − ηλ/n on the layer itself this is a step of gradient descent with weight
  /// decay, which spares the biases; on a layer of zeros with scale = 1/m it is the gradient.
  /// - Source: the book's equations BP3, BP4 and 93.
  mutating func addGradient(
    from delta: Matrix<Scalar>, inputs a: InputRows<Scalar>, scale: Scalar, retaining retain: Scalar
  ) {
    form.addProduct(of: delta, and: a, scale: scale, retaining: retain)
    delta.addRowSum(to: &biases, scale: scale)
  }
}
