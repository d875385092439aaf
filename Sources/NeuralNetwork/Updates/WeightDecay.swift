public import SparseInputs

/// Regularization that draws the weights toward 0. Its penalty is a part of no cost that is reported:
///
///     λ₂/(2n)·Σ w² + λ₁/n·Σ |w|        by w: (λ₂/n)·w + (λ₁/n)·sgn w
///
/// n is the number of training examples, and sgn 0 is 0. Biases have no decay.
/// - Source: the book's equations 85 and 95, and 93 and 97 for the steps.
public struct WeightDecay: Sendable {
  /// Weights that keep their size.
  public static let none = WeightDecay(l2: 0, l1: 0, trainingCount: 1)

  private let l2: Double
  private let l1: Double
  private let count: Double

  /// Weight decay with the parameters λ₂ and λ₁ over n training examples.
  public init(l2: Double, l1: Double, trainingCount: Int) {
    (self.l2, self.l1, count) = (l2, l1, Double(trainingCount))
  }

  /// A step of gradient descent at the rate η: ηλ₂/n, the share of itself that a weight loses, and ηλ₁/n, by which it
  /// moves toward 0. At the rate 1 they are the coefficients of the gradient.
  func step(atRate learningRate: Double) -> (l2: Double, l1: Double) {
    (learningRate * l2 / count, learningRate * l1 / count)
  }

  /// The penalty for the weights of a network.
  public func penalty<Scalar: SparseScalar>(of network: Network<Scalar>) -> Double {
    (l2 > 0 ? l2 / (2 * count) * network.sumOfSquaredWeights : 0)
      + (l1 > 0 ? l1 / count * network.sumOfAbsoluteWeights : 0)
  }
}
