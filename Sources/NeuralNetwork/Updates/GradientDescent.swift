public import LinearAlgebra
public import SparseInputs

/// Stochastic gradient descent with weight decay:
///
///     w ← (1 − ηλ/n)·w − (η/m)·δᵀ·a        b ← b − (η/m)·Σ δ
///
/// η is the learning rate, λ the regularization parameter, n the number of training examples and m the size of the
/// mini-batch. One matrix product is the whole update of the weights: no gradient is stored.
/// - Source: the book's equations 93 and 94.
public struct GradientDescent<Scalar: SparseScalar>: LayerUpdate {
  private let learningRate: Double
  private let retain: Scalar

  /// Gradient descent at the learning rate η, with weight decay λ over n training examples.
  public init(learningRate: Double, l2: Double = 0, trainingCount: Int = 1) {
    self.learningRate = learningRate
    retain = Scalar(1 - learningRate * l2 / Double(trainingCount))
  }

  /// Takes one step.
  public func update(
    _ layer: inout Layer<Scalar>, at index: Int, delta: Matrix<Scalar>, inputs a: InputRows<Scalar>
  ) {
    layer.addGradient(
      from: delta, inputs: a, scale: Scalar(-learningRate / Double(delta.rows)), retaining: retain)
  }
}
