import NeuralNetwork
import SparseInputs

/// The method that turns gradients into new weights.
public enum Optimizer: String, CaseIterable, Codable, Sendable {
  /// Stochastic gradient descent, with momentum or without.
  case sgd
  /// Adam, with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
  case adam
}

extension TrainingConfiguration {
  /// The networks of numbers that the method keeps beside the weights: the velocity of momentum, or the means of Adam.
  public var momentCount: Int {
    switch optimizer {
    case .sgd: momentum > 0 ? 1 : 0
    case .adam: 2
    }
  }

  /// The method, going on from the moments that it left after some steps.
  func update<Scalar: SparseScalar>(
    goingOnFrom moments: consuming [Network<Scalar>], afterSteps step: Int, learningRate: Double, decay: WeightDecay
  ) -> any LayerUpdate<Scalar> {
    switch optimizer {
    case .sgd where momentum == 0: return GradientDescent(learningRate: learningRate, decay: decay)
    case .sgd:
      return Momentum(moments.removeLast(), momentum: momentum, learningRate: learningRate, decay: decay)
    case .adam:
      let square = moments.removeLast()
      return Adam(mean: moments.removeLast(), square: square, step: step, learningRate: learningRate, decay: decay)
    }
  }
}
