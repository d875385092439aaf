/// What is chosen before training, besides network and objective.
public struct Hyperparameters: Equatable, Sendable {
  /// Examples in a mini-batch, m. A last one that is short is used, not dropped.
  public var batchSize: Int

  /// The step size, η.
  public var learningRate: Double

  /// The regularisation parameter, λ: each step multiplies the weights by 1 − ηλ/n, n being the number of training
  /// examples.
  public var l2: Double

  /// Whether each epoch visits the training examples in a new random order, or else in that of the file.
  public var shuffles: Bool

  /// How far the targets are drawn from 0 and 1, ε in [0, 1).
  public var labelSmoothing: Double

  /// The seed of initial weights and mini-batch order.
  public var seed: UInt64

  /// Hyperparameters, by default those of the book's first network.
  public init(
    batchSize: Int = 10, learningRate: Double, l2: Double = 0, shuffles: Bool = true, labelSmoothing: Double = 0,
    seed: UInt64 = 0
  ) {
    precondition(batchSize > 0, "a mini-batch has examples")
    precondition(learningRate > 0 && learningRate.isFinite, "the learning rate is positive")
    precondition(l2 >= 0 && l2.isFinite, "λ is not negative")
    precondition(labelSmoothing >= 0 && labelSmoothing < 1, "smoothing is in [0, 1)")
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.l2 = l2
    self.shuffles = shuffles
    self.labelSmoothing = labelSmoothing
    self.seed = seed
  }
}
