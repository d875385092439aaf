public import LinearAlgebra
public import SparseInputs

/// Stochastic gradient descent with weight decay:
///
///     w ← (1 − ηλ₂/n)·w − (ηλ₁/n)·sgn w − (η/m)·δᵀ·a        b ← b − (η/m)·Σ δ
///
/// η is the learning rate, λ₂ and λ₁ are the regularization parameters, n is the number of training examples and m the
/// size of the mini-batch. sgn 0 is 0. With λ₁ = 0 one matrix product is the whole update of the weights: no gradient is
/// stored.
/// - Source: the book's equations 93, 94 and 97.
public struct GradientDescent<Scalar: SparseScalar>: LayerUpdate {
  private let learningRate: Double
  private let retain: Scalar
  private let shrink: Scalar

  /// Gradient descent at the learning rate η, with weight decay λ₂ and λ₁ over n training examples.
  public init(learningRate: Double, l2: Double = 0, l1: Double = 0, trainingCount: Int = 1) {
    self.learningRate = learningRate
    retain = Scalar(1 - learningRate * l2 / Double(trainingCount))
    shrink = Scalar(learningRate * l1 / Double(trainingCount))
  }

  /// Takes one step.
  public func update(
    _ layer: inout Layer<Scalar>, at index: Int, delta: Matrix<Scalar>, inputs a: InputRows<Scalar>
  ) {
    let scale = Scalar(-learningRate / Double(delta.rows))
    guard shrink > 0 else { return layer.addGradient(from: delta, inputs: a, scale: scale, retaining: retain) }
    unsafe layer.withUnsafeMutableWeights { unsafe UpdateKernels.decay($0, retaining: retain, shrinkingBy: shrink) }
    layer.addGradient(from: delta, inputs: a, scale: scale, retaining: 1)
  }
}
