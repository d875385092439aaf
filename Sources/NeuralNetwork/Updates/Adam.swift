public import LinearAlgebra
public import SparseInputs

/// Adam: each weight moves by the mean of its gradients over the root of the mean of their squares.
///
///     G = (1/m)·δᵀ·a + (λ₂/n)·w + (λ₁/n)·sgn w
///     M ← β₁M + (1 − β₁)G        V ← β₂V + (1 − β₂)G²
///     w ← w − η·M/(1 − β₁ᵗ) / (√(V/(1 − β₂ᵗ)) + ε)
///
/// t counts the steps from 1; β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. Biases have no decay.
/// - Source: D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
public struct Adam<Scalar: SparseScalar>: LayerUpdate {
  /// The means of gradients and of their squares: networks of the network's sizes.
  public private(set) var moments: (mean: Network<Scalar>, square: Network<Scalar>)

  private var gradient: Network<Scalar>
  private let learningRate: Double
  private let decay: (l2: Scalar, l1: Scalar)
  private var step: Int

  /// Adam that goes on from some moments.
  /// - Parameters:
  ///   - moments: The means of gradients and of their squares, stored as the weights of the network are.
  ///   - step: The number of steps that were taken.
  ///   - learningRate: η.
  ///   - l2: λ₂.
  ///   - l1: λ₁.
  ///   - trainingCount: The number of training examples, n.
  public init(
    _ moments: (mean: Network<Scalar>, square: Network<Scalar>), step: Int, learningRate: Double, l2: Double = 0,
    l1: Double = 0, trainingCount: Int = 1
  ) {
    self.moments = moments
    self.step = step
    self.learningRate = learningRate
    decay = (Scalar(l2 / Double(trainingCount)), Scalar(l1 / Double(trainingCount)))
    gradient = Network(zeros: moments.mean.sizes)
    gradient.storeInPanels(moments.mean.storesPanels)
  }

  /// Takes one step. The output layer comes first.
  public mutating func update(
    _ layer: inout Layer<Scalar>, at index: Int, delta: Matrix<Scalar>, inputs a: InputRows<Scalar>
  ) {
    if index == gradient.layers.count - 1 { step += 1 }
    gradient.layers[index].addGradient(from: delta, inputs: a, scale: 1 / Scalar(delta.rows), retaining: 1)
    let rate = Scalar(learningRate / (1 - power(0.9, step)))
    let root = Scalar(1 / (1 - power(0.999, step)).squareRoot())
    let decay = decay
    unsafe gradient.layers[index].withUnsafeMutableWeights { g in
      unsafe moments.mean.layers[index].withUnsafeMutableWeights { m in
        unsafe moments.square.layers[index].withUnsafeMutableWeights { v in
          unsafe layer.withUnsafeMutableWeights {
            unsafe UpdateKernels.adam(
              $0, gradient: g, mean: m, square: v, step: rate, root: root, l2: decay.l2, l1: decay.l1)
          }
        }
      }
    }
    unsafe gradient.layers[index].withUnsafeMutableBiases { g in
      unsafe moments.mean.layers[index].withUnsafeMutableBiases { m in
        unsafe moments.square.layers[index].withUnsafeMutableBiases { v in
          unsafe layer.withUnsafeMutableBiases {
            unsafe UpdateKernels.adam($0, gradient: g, mean: m, square: v, step: rate, root: root)
          }
        }
      }
    }
  }

  /// base to the count, by repeated squaring: the same bits on every machine.
  private func power(_ base: Double, _ count: Int) -> Double {
    var (result, square, rest) = (1.0, base, count)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
