public import NeuralNetwork

extension Objective {
  /// The default learning rate η.
  ///
  /// | output | cost | η |
  /// |---|---|---|
  /// | sigmoid | quadratic | 3.0 |
  /// | sigmoid | cross-entropy | 0.5 |
  /// | softmax | quadratic | 0.5 |
  /// | softmax | cross-entropy | 0.1 |
  /// | linear | quadratic | 0.1, and 0.01 without a hidden layer |
  ///
  /// Those of sigmoid outputs are the book's. Those of softmax had the greatest validation accuracy of the rates tried, for
  /// [784, 30, 10] networks in 30 epochs, at the best epoch, averaged over seeds and over MNIST and the bundled digits; the
  /// next best differ by less than 0.1 %. Linear outputs are not bounded: the more inputs they have, the smaller the rate must
  /// be. With 30 hidden neurons 0.2 was better by 0.4 %, but the accuracy on the bundled digits then fell to 79 % with 100
  /// neurons and to 20 % with 300; without a hidden layer 0.1 diverges.
  public func defaultLearningRate(
    optimizer: Optimizer = .sgd, _ activation: Activation = .sigmoid, hasHiddenLayers: Bool
  ) -> Double {
    if optimizer == .adam { return 0.001 }
    return switch (output, cost) {
    case (.sigmoid, .quadratic): 3.0
    case (.sigmoid, .crossEntropy): 0.5
    case (.softmax, .quadratic): 0.5
    case (.softmax, .crossEntropy): 0.1
    case (.linear, _): hasHiddenLayers ? 0.1 : 0.01
    }
  }
}
