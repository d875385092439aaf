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

  /// The gradients of each layer. Those of weights in panels have no columns: the panels' step forms them itself.
  private var gradients: [(weights: Matrix<Scalar>, biases: [Scalar])]
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
    gradients = moments.mean.layers.map { layer in
      let columns = layer.panels == nil ? layer.inputCount : 0
      return (Matrix(rows: layer.outputCount, columns: columns), Array(repeating: 0, count: layer.outputCount))
    }
  }

  /// Takes one step. The output layer comes first.
  public mutating func update(
    _ layer: inout Layer<Scalar>, at index: Int, delta: Matrix<Scalar>, inputs a: InputRows<Scalar>
  ) {
    if index == gradients.count - 1 { step += 1 }
    let rate = Scalar(learningRate / (1 - power(0.9, step)))
    let root = Scalar(1 / (1 - power(0.999, step)).squareRoot())
    let scale = 1 / Scalar(delta.rows)
    let (biasStep, weightStep) = (
      AdamStep(rate: rate, root: root), AdamStep(rate: rate, root: root, l2: decay.l2, l1: decay.l1)
    )
    switch a {
    case .sparse(let a):
      layer.form.withPanels { w in
        moments.mean.layers[index].form.withPanels { m in
          moments.square.layers[index].form.withPanels { v in
            w.stepByAdam(mean: &m, square: &v, of: a, and: delta, scale: scale, weightStep)
          }
        }
      }
    case .dense(let a):
      gradients[index].weights.formProduct(of: delta.transposed, and: a, scale: scale)
      gradients[index].weights.withMutableElements { g in
        unsafe g.withUnsafeMutableBufferPointer { g in
          unsafe moments.mean.layers[index].withUnsafeMutableWeights { m in
            unsafe moments.square.layers[index].withUnsafeMutableWeights { v in
              unsafe layer.withUnsafeMutableWeights {
                unsafe UpdateKernels.adam($0, gradient: g, mean: m, square: v, weightStep)
              }
            }
          }
        }
      }
    }
    for neuron in gradients[index].biases.indices { gradients[index].biases[neuron] = 0 }
    delta.addRowSum(to: &gradients[index].biases, scale: scale)
    unsafe gradients[index].biases.withUnsafeMutableBufferPointer { g in
      unsafe moments.mean.layers[index].withUnsafeMutableBiases { m in
        unsafe moments.square.layers[index].withUnsafeMutableBiases { v in
          unsafe layer.withUnsafeMutableBiases {
            unsafe UpdateKernels.adam($0, gradient: g, mean: m, square: v, biasStep)
          }
        }
      }
    }
    if step % 64 == 0 { dropSmallMeans(ofLayer: index) }
  }

  /// Makes means of less than 10⁻³⁰ 0; they move a weight by less than 10⁻²² η, for M/ε bounds the step.
  ///
  /// The mean of a weight without a gradient falls by β₁ in each step. It would come to denormal numbers, with which a
  /// processor computes a hundred times slower. In 64 steps it does not fall from 10⁻³⁰ so far in either precision.
  private mutating func dropSmallMeans(ofLayer index: Int) {
    unsafe moments.mean.layers[index].withUnsafeMutableWeights { unsafe UpdateKernels.dropSmall($0, below: 1e-30) }
    unsafe moments.mean.layers[index].withUnsafeMutableBiases { unsafe UpdateKernels.dropSmall($0, below: 1e-30) }
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
