public import NeuralNetwork

extension Objective {
  /// The step size η that is used where none is asked for.
  ///
  /// | output | cost | η |
  /// |---|---|---|
  /// | sigmoid | quadratic | 3.0 |
  /// | sigmoid | cross-entropy | 0.5 |
  /// | softmax | quadratic | 0.5 |
  /// | softmax | cross-entropy | 0.1 |
  /// | linear | quadratic | 0.1, and 0.01 without a hidden layer |
  ///
  /// Those of sigmoid outputs are the book's. The others were chosen by the validation accuracy of [784, 30, 10] networks
  /// in 30 epochs, at the best epoch and averaged over seeds, on MNIST and on the bundled digits together; neighbouring
  /// rates differ by no more than seeds do. Linear outputs are not bounded: the more inputs they have, the smaller the
  /// rate must be. At 0.2 a layer of 100 hidden neurons no longer learned, and 784 pixels diverge at 0.1.
  public func defaultLearningRate(hasHiddenLayers: Bool) -> Double {
    switch (output, cost) {
    case (.sigmoid, .quadratic): 3.0
    case (.sigmoid, .crossEntropy): 0.5
    case (.softmax, .quadratic): 0.5
    case (.softmax, .crossEntropy): 0.1
    case (.linear, _): hasHiddenLayers ? 0.1 : 0.01
    }
  }
}
