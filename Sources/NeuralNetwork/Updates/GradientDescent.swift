public import LinearAlgebra
public import SparseInputs

/// Stochastic gradient descent with weight decay:
///
///     w ← (1 − ηλ₂/n)·w − (ηλ₁/n)·sgn w − (η/m)·δᵀ·a        b ← b − (η/m)·Σ δ
///
/// η is the learning rate and m the size of the mini-batch; `WeightDecay` explains λ₂, λ₁ and n. With λ₁ = 0 one matrix
/// product is the whole update of the weights: no gradient is stored.
/// - Source: the book's equations 93, 94 and 97.
public struct GradientDescent<Scalar: SparseScalar>: LayerUpdate {
  private let learningRate: Double
  private let retain: Scalar
  private let shrink: Scalar

  /// Gradient descent at the learning rate η.
  public init(learningRate: Double, decay: WeightDecay = .none) {
    self.learningRate = learningRate
    let step = decay.step(atRate: learningRate)
    retain = Scalar(1 - step.l2)
    shrink = Scalar(step.l1)
  }

  /// Takes one step.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func update(
    _ layer: inout Layer<Scalar>, at index: Int, delta: Matrix<Scalar>, inputs a: InputRows<Scalar>
  ) {
    let scale = Scalar(-learningRate / Double(delta.rows))
    guard shrink > 0 else { return layer.addGradient(from: delta, inputs: a, scale: scale, retaining: retain) }
    unsafe layer.withUnsafeMutableWeights { unsafe UpdateKernels.decay($0, retaining: retain, shrinkingBy: shrink) }
    layer.addGradient(from: delta, inputs: a, scale: scale, retaining: 1)
  }
}
