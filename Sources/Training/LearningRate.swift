public import NeuralNetwork

extension Objective {
  /// The default learning rate η.
  ///
  /// | output | cost | sigmoid neurons | tanh and relu |
  /// |---|---|---|---|
  /// | sigmoid | quadratic | 3.0 | 0.3 |
  /// | sigmoid | cross-entropy | 0.5 | 0.1 |
  /// | softmax | quadratic | 0.5 | 0.3 |
  /// | softmax | cross-entropy | 0.1 | 0.1 |
  /// | linear | quadratic | 0.1 | 0.03 |
  ///
  /// Linear outputs without a hidden layer have 0.01, and Adam has 0.001 throughout, as its authors advise.
  ///
  /// Those of sigmoid outputs above sigmoid neurons are the book's. The others had the greatest validation accuracy of the
  /// rates tried, for [784, 30, 10] networks at the best epoch, averaged over seeds and over MNIST and the bundled digits; the
  /// next best differ by less than 0.1 %. Linear outputs are not bounded: the more inputs they have, the smaller the rate must
  /// be. With 30 hidden neurons 0.2 was better by 0.4 %, but the accuracy on the bundled digits then fell to 79 % with 100
  /// neurons and to 20 % with 300; without a hidden layer 0.1 diverges.
  public func defaultLearningRate(
    optimizer: Optimizer = .sgd, _ activation: Activation = .sigmoid, hasHiddenLayers: Bool
  ) -> Double {
    if optimizer == .adam { return 0.001 }
    let isSigmoid = activation == .sigmoid
    return switch (output, cost) {
    case (.sigmoid, .quadratic): isSigmoid ? 3.0 : 0.3
    case (.sigmoid, .crossEntropy): isSigmoid ? 0.5 : 0.1
    case (.softmax, .quadratic): isSigmoid ? 0.5 : 0.3
    case (.softmax, .crossEntropy): 0.1
    case (.linear, _): !hasHiddenLayers ? 0.01 : isSigmoid ? 0.1 : 0.03
    }
  }
}
