public import LinearAlgebra
public import SparseInputs

/// Adds up gradients and leaves the weights as they are:
///
///     g ← g + (1/m)·δᵀ·a        for the weights, and g ← g + (1/m)·Σ δ for the biases
///
/// For one mini-batch of m examples that is the gradient of its mean cost.
/// - Source: the book's equations BP3 and BP4.
public struct GradientSum<Scalar: SparseScalar>: LayerUpdate {
  private var gradient: Network<Scalar>

  /// A sum of zeros, stored as the weights of the network are.
  public init(for network: Network<Scalar>) {
    gradient = Network(zeros: network.sizes)
    gradient.storeInPanels(network.storesPanels)
  }

  /// The sum: one network, whose weights and biases are the gradients by those of the network.
  public var moments: [Network<Scalar>] { [gradient] }

  /// Adds the mean gradient of a mini-batch.
  public mutating func update(
    _ layer: inout Layer<Scalar>, at index: Int, delta: Matrix<Scalar>, inputs a: InputRows<Scalar>
  ) {
    gradient.layers[index].addGradient(from: delta, inputs: a, scale: 1 / Scalar(delta.rows), retaining: 1)
  }
}
