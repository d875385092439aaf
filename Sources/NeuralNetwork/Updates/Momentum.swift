public import LinearAlgebra
public import SparseInputs

/// Stochastic gradient descent with momentum: the gradient changes a velocity, and the velocity the weights.
///
///     v ← μ·v − (η/m)·δᵀ·a − (ηλ₂/n)·w − (ηλ₁/n)·sgn w        w ← w + v
///
/// Biases have a velocity as well, and no decay. μ is the momentum; `GradientDescent` explains η
/// and m.
/// - Source: the book's equations 107 and 108.
public struct Momentum<Scalar: SparseScalar>: LayerUpdate {
  /// The velocities: a network whose weights and biases are those of the network's.
  private var velocity: Network<Scalar>

  private let momentum: Scalar
  private let learningRate: Double
  private let decay: (l2: Double, l1: Double)

  /// Gradient descent with momentum μ, at the learning rate η, that goes on from some velocities.
  public init(
    _ velocity: consuming Network<Scalar>, momentum: Double, learningRate: Double, decay: WeightDecay = .none
  ) {
    self.velocity = velocity
    self.momentum = Scalar(momentum)
    self.learningRate = learningRate
    self.decay = decay.step(atRate: learningRate)
  }

  /// The velocities.
  public var moments: [Network<Scalar>] { [velocity] }

  /// Takes one step.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func update(
    _ layer: inout Layer<Scalar>, at index: Int, delta: Matrix<Scalar>, inputs a: InputRows<Scalar>
  ) {
    let scale = Scalar(-learningRate / Double(delta.rows))
    velocity.layers[index].scaleBiases(by: momentum)
    velocity.layers[index].addGradient(from: delta, inputs: a, scale: scale, retaining: momentum)
    let decay = decay
    unsafe velocity.layers[index].withUnsafeMutableStoredWeights { v, scale in
      unsafe layer.withUnsafeMutableWeights { w in
        // The velocities are stored as v/scale.
        unsafe UpdateKernels.addVelocity(
          v, to: w, scale: Scalar(scale), l2: Scalar(decay.l2 / scale), l1: Scalar(decay.l1 / scale))
      }
    }
    unsafe velocity.layers[index].withUnsafeMutableBiases { v in
      unsafe layer.withUnsafeMutableBiases { unsafe UpdateKernels.addVelocity(v, to: $0, scale: 1) }
    }
  }
}

extension Layer {
  /// b ← factor·b
  fileprivate mutating func scaleBiases(by factor: Scalar) {
    unsafe withUnsafeMutableBiases { unsafe UpdateKernels.decay($0, retaining: factor, shrinkingBy: 0) }
  }
}
