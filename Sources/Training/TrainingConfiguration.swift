public import Datasets
public import LinearAlgebra
public import NeuralNetwork

/// Every choice that the numbers of a training follow from, besides the data themselves.
///
/// Two trainings with equal configurations on equal data, on the same machine, have the same bits. In JSON, each choice
/// has the name of its option in snake case.
///
///     var configuration = TrainingConfiguration(learningRate: 0.5)
///     configuration.output = .sigmoid
///     let trainer = try Trainer<Double>(configuration, data)
public struct TrainingConfiguration: Codable, Equatable, Sendable {
  /// The neurons of each hidden layer.
  public var hidden = [30]
  /// The activation function of hidden neurons.
  public var activation = Activation.sigmoid
  /// The output layer.
  public var output = OutputLayer.softmax
  /// The cost.
  public var cost = Cost.crossEntropy
  /// The c of softmax(c·z).
  public var softmaxScale = 1.0
  /// The distribution of the initial weights.
  public var initialization = Initialization.scaled
  /// The SHA-256 of the model file that the training starts from; `nil` for random weights.
  public var initFrom: String?

  /// The passes over the training examples.
  public var epochs = 30
  /// The epochs from one evaluation to the next. The last epoch is evaluated in any case.
  public var evaluateEvery = 1
  /// The number of epochs without a new best one after which training ends; `nil` for no limit.
  public var patience: Int?
  /// The times that the learning rate is halved, instead of ending, when patience is over.
  public var halvings = 0
  /// The figure by which the best epoch is chosen.
  public var bestBy = BestMetric.accuracy
  /// The gain in that figure that a new best epoch exceeds.
  public var minDelta = 0.0
  /// The examples in a mini-batch, m. A short last one is used, not dropped.
  public var batchSize = 10
  /// The learning rate, η.
  public var learningRate: Double
  /// The factor that each epoch multiplies the learning rate by, in (0, 1].
  public var learningRateDecay = 1.0
  /// The method that turns gradients into new weights.
  public var optimizer = Optimizer.sgd
  /// The momentum μ of gradient descent, in [0, 1).
  public var momentum = 0.0
  /// The regularization parameter λ: each step multiplies the weights by 1 − ηλ/n, n being the number of training
  /// examples.
  public var l2 = 0.0
  /// The regularization parameter of the sum of absolute weights: each step moves the weights by ηλ/n toward 0.
  public var l1 = 0.0
  /// The share of neurons, in [0, 1), that training leaves out of each hidden layer; empty for none.
  public var dropout: [Double] = []
  /// The share ε, in [0, 1), of equal odds in the targets.
  public var labelSmoothing = 0.0
  /// The seed of initial weights, mini-batch order and a stratified split.
  @ExactInteger public var seed: UInt64 = 0
  /// Whether each epoch visits the training examples in a new random order, or else in that of the file.
  public var shuffle = true

  /// The number of training examples, before they are expanded.
  public var limit = 0
  /// The number of examples held out for validation.
  public var validation = 0
  /// The choice of the examples held out.
  public var validationSplit = ValidationSplit.tail
  /// Adds each training image moved by a pixel up, down, left and right.
  public var expand = false

  /// The floating-point type of all training.
  public var precision = Precision.double
  /// The threads of a matrix product.
  public var threads = 1
  /// The method of the first layer's products.
  public var kernel = InputKernel.dense
  /// Whether records contain the saturation of the output neurons.
  public var saturation = false

  /// A configuration with the given learning rate and defaults for all other choices.
  public init(learningRate: Double) { self.learningRate = learningRate }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case hidden, activation, output, cost
    case softmaxScale = "softmax_scale"
    case initialization = "init"
    case initFrom = "init_from"
    case epochs
    case evaluateEvery = "evaluate_every"
    case patience, halvings
    case bestBy = "best_by"
    case minDelta = "min_delta"
    case batchSize = "batch_size"
    case learningRate = "learning_rate"
    case learningRateDecay = "learning_rate_decay"
    case optimizer, momentum, l2, l1, dropout
    case labelSmoothing = "label_smoothing"
    case seed, shuffle, limit, validation
    case validationSplit = "validation_split"
    case expand
    case precision, threads, kernel, saturation
  }

  /// The choices under their names in JSON, in the order of their declaration.
  public var fields: [(name: String, value: FieldValue)] {
    let values = FieldValue.fields(of: self)
    return CodingKeys.allCases.map { ($0.rawValue, values[$0.rawValue] ?? .null) }
  }

  /// The choices that differ from those of another configuration.
  public func differences(
    from other: TrainingConfiguration
  ) -> [(name: String, value: FieldValue, other: FieldValue)] {
    zip(fields, other.fields).filter { $0.value != $1.value }.map { ($0.name, $0.value, $1.value) }
  }

  /// The choices among them that make the data of the training.
  public var dataChoices: TrainingData.Choices {
    TrainingData.Choices(validation: validation, limit: limit, split: validationSplit, seed: seed, expand: expand)
  }

  /// The number of training examples, n, expanded if they are to be.
  public var trainingCount: Int { expand ? Dataset.expansionFactor * limit : limit }

  /// The output layer with its cost.
  public func objective() throws(ObjectiveError) -> Objective {
    try Objective(output: output, cost: cost, softmaxScale: softmaxScale)
  }

  /// The sizes of the layers, inputs first.
  public func sizes(inputs: Int, classes: Int) -> [Int] { [inputs] + hidden + [classes] }

  /// The weight decay of a training on n examples.
  public func weightDecay(trainingCount: Int) -> WeightDecay {
    WeightDecay(l2: l2, l1: l1, trainingCount: trainingCount)
  }

  /// The targets of an example: of the output that stands for its class, and of every other output.
  func targets(of objective: Objective, classCount: Int) -> (hit: Double, miss: Double) {
    objective.targets(classCount: classCount, smoothing: labelSmoothing)
  }

  /// True if each count is in the range of the command line. A file may have any; what is computed from counts in range
  /// is a number too.
  var hasSensibleCounts: Bool {
    [epochs, evaluateEvery, patience ?? 1, halvings, batchSize, limit, validation, threads]
      .allSatisfy { (0...1 << 53).contains($0) }
  }

  /// True if every choice is in its range.
  var isValid: Bool {
    hasSensibleCounts && hidden.allSatisfy { (1...Int(Int32.max)).contains($0) } && evaluateEvery > 0
      && patience ?? 1 > 0 && (halvings == 0 || patience != nil) && batchSize > 0 && learningRate > 0
      && learningRate.isFinite && l2 >= 0 && l2.isFinite && l1 >= 0 && l1.isFinite && (0..<1).contains(labelSmoothing)
      && limit > 0 && trainingCount >= batchSize
      && threads > 0 && (try? objective()) != nil && (!saturation || output == .sigmoid)
      && (dropout.isEmpty || dropout.count == hidden.count) && dropout.allSatisfy((0..<1).contains)
      && (patience == nil || validation > 0) && minDelta >= 0 && minDelta.isFinite && learningRateDecay > 0
      && learningRateDecay <= 1 && (0..<1).contains(momentum) && (optimizer == .sgd || momentum == 0)
  }
}
