public import LinearAlgebra
public import SparseInputs

/// Adam: each weight moves by the mean of its gradients over the root of the mean of their squares.
///
///     G = (1/m)·δᵀ·a + (λ₂/n)·w + (λ₁/n)·sgn w
///     M ← β₁M + (1 − β₁)G        V ← β₂V + (1 − β₂)G²
///     w ← w − η·M/(1 − β₁ᵗ) / (√(V/(1 − β₂ᵗ)) + ε)
///
/// t counts the steps from 1; β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. `WeightDecay` explains λ₂, λ₁ and n.
/// - Source: D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
public struct Adam<Scalar: SparseScalar>: LayerUpdate {
  private var mean: Network<Scalar>
  private var square: Network<Scalar>

  /// The gradients of each layer. Those of weights in panels have no columns: the panels' step forms them itself.
  private var gradients: [(weights: Matrix<Scalar>, biases: [Scalar])]
  private let learningRate: Double
  private let decay: (l2: Scalar, l1: Scalar)
  private var step: Int

  /// Adam that goes on from some moments.
  /// - Parameters:
  ///   - mean: The means of gradients, stored as the weights of the network are.
  ///   - square: The means of their squares, likewise.
  ///   - step: The number of steps that were taken.
  ///   - learningRate: The learning rate, η.
  ///   - decay: The weight decay, a part of the gradient.
  public init(
    mean: consuming Network<Scalar>, square: consuming Network<Scalar>, step: Int, learningRate: Double,
    decay: WeightDecay = .none
  ) {
    self.mean = mean
    self.square = square
    self.step = step
    self.learningRate = learningRate
    let decay = decay.step(atRate: 1)
    self.decay = (Scalar(decay.l2), Scalar(decay.l1))
    gradients = self.mean.layers.map { layer in
      let columns = layer.panels == nil ? layer.inputCount : 0
      return (Matrix(rows: layer.outputCount, columns: columns), Array(repeating: 0, count: layer.outputCount))
    }
  }

  /// The means of gradients, and those of their squares.
  public var moments: [Network<Scalar>] { [mean, square] }

  /// Takes one step. The output layer comes first.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
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
        mean.layers[index].form.withPanels { m in
          square.layers[index].form.withPanels { v in
            w.stepByAdam(mean: &m, square: &v, of: a, and: delta, scale: scale, weightStep)
          }
        }
      }
    case .dense(let a):
      gradients[index].weights.formProduct(of: delta.transposed, and: a, scale: scale)
      gradients[index].weights.withMutableElements { g in
        unsafe g.withUnsafeMutableBufferPointer { g in
          unsafe mean.layers[index].withUnsafeMutableWeights { m in
            unsafe square.layers[index].withUnsafeMutableWeights { v in
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
      unsafe mean.layers[index].withUnsafeMutableBiases { m in
        unsafe square.layers[index].withUnsafeMutableBiases { v in
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
    unsafe mean.layers[index].withUnsafeMutableWeights { unsafe UpdateKernels.dropSmall($0, below: 1e-30) }
    unsafe mean.layers[index].withUnsafeMutableBiases { unsafe UpdateKernels.dropSmall($0, below: 1e-30) }
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
