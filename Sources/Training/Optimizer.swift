import NeuralNetwork

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
}
