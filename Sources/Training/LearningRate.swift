public import NeuralNetwork

extension Objective {
  /// The step size η that is used where none is asked for.
  ///
  /// | output | cost | η |
  /// |---|---|---|
  /// | sigmoid | quadratic | 3.0 |
  /// | sigmoid | cross-entropy | 0.5 |
  /// | softmax | quadratic | 1.0 |
  /// | softmax | cross-entropy | 0.5 |
  /// | linear | quadratic | 0.05 |
  public var defaultLearningRate: Double {
    switch (output, cost) {
    case (.sigmoid, .quadratic): 3.0
    case (.sigmoid, .crossEntropy): 0.5
    case (.softmax, .quadratic): 1.0
    case (.softmax, .crossEntropy): 0.5
    case (.linear, _): 0.05
    }
  }
}
