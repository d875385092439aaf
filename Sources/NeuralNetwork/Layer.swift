public import LinearAlgebra

/// A fully connected layer: the weights of its neurons and their biases.
///
///     z = a·wᵀ + b        a [B, in]   w [out, in]   b [out]   z [B, out]
public struct Layer<Scalar: BLASScalar>: Equatable, Sendable {
  /// The weights, `[out, in]`: row j holds those of neuron j.
  public private(set) var weights: Matrix<Scalar>

  /// The biases, `[out]`.
  public private(set) var biases: [Scalar]

  /// A layer of given weights `[out, in]` and biases `[out]`.
  public init(weights: Matrix<Scalar>, biases: [Scalar]) {
    precondition(weights.rows == biases.count, "a neuron has a row of weights and a bias")
    self.weights = weights
    self.biases = biases
  }

  /// The number of inputs.
  public var inputCount: Int { weights.columns }

  /// The number of neurons.
  public var outputCount: Int { weights.rows }

  /// Forms the weighted inputs of the neurons, z = a·wᵀ + b.
  /// - Source: the book's equation 25.
  func formWeightedInputs(_ z: inout Matrix<Scalar>, from a: Matrix<Scalar>) {
    z.fillRows(with: biases)
    z.formProduct(of: a, and: weights.transposed, retaining: 1)
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
    from delta: Matrix<Scalar>, inputs a: Matrix<Scalar>, scale: Scalar, retaining retain: Scalar
  ) {
    weights.formProduct(of: delta.transposed, and: a, scale: scale, retaining: retain)
    delta.addRowSum(to: &biases, scale: scale)
  }
}
