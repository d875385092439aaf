import ArgumentParser
import NeuralNetwork
import Training

/// The options for the length of a training, its learning rate and its best epoch.
struct ScheduleOptions: ParsableArguments {
  private static let defaults = TrainingConfiguration.defaults

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Passes over the training examples; 0 evaluates the untrained network. (default: \(defaults.epochs))",
      valueName: "n"),
    transform: Parse.count)
  var epochs = TrainingConfiguration.defaults.epochs

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Evaluate after each n-th epoch and after the last. (default: \(defaults.evaluateEvery))", valueName: "n"),
    transform: Parse.positiveCount)
  var evaluateEvery = TrainingConfiguration.defaults.evaluateEvery

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The step size. \(Self.defaultRates)", valueName: "x"),
    transform: Parse.learningRate)
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Each epoch multiplies the step size by this, above 0 and at most 1. "
        + "(default: \(Formatting.plain(defaults.learningRateDecay)))", valueName: "x"),
    transform: Parse.decay)
  var learningRateDecay = TrainingConfiguration.defaults.learningRateDecay

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop after n epochs without a new best epoch. (default: never)", valueName: "n"),
    transform: Parse.positiveCount)
  var patience: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --patience, halve the step size instead of stopping, n times. (default: \(defaults.halvings))",
      valueName: "n"),
    transform: Parse.count)
  var halvings = TrainingConfiguration.defaults.halvings

  @Option(
    help: ArgumentHelp(
      "The validation figure that makes an epoch the best, for *, --save-best and --patience. "
        + "(default: \(defaults.bestBy))", valueName: "metric"))
  var bestBy: BestMetric?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The gain in that figure that a new best epoch must exceed, such as 0.001. "
        + "(default: \(Formatting.plain(defaults.minDelta)))", valueName: "x"),
    transform: Parse.gain)
  var minDelta: Double?

  /// Sets the choices that these options make, for some data.
  func set(
    _ configuration: inout TrainingConfiguration, _ objective: Objective, _ optimizer: Optimizer, _ data: TrainingData
  ) throws {
    let needsValidation = [
      "--patience": patience != nil, "--best-by": bestBy != nil, "--min-delta": minDelta != nil,
    ]
    if data.validation == nil, let option = needsValidation.filter(\.value).keys.sorted().first {
      throw Failure(
        .usage, "\(option): there are no validation examples to choose by; ask for some with --validation")
    }
    guard halvings == 0 || patience != nil else {
      throw Failure(
        .usage,
        "--halvings: the learning rate is halved when patience is over; say with --patience after how many epochs")
    }
    configuration.epochs = epochs
    configuration.evaluateEvery = evaluateEvery
    configuration.patience = patience
    configuration.halvings = halvings
    configuration.bestBy = bestBy ?? configuration.bestBy
    configuration.minDelta = minDelta ?? configuration.minDelta
    configuration.learningRate =
      learningRate
      ?? objective.defaultLearningRate(
        optimizer: optimizer, configuration.activation, hasHiddenLayers: !configuration.hidden.isEmpty)
    configuration.learningRateDecay = learningRateDecay
  }

  /// The default rate of each pair, in words.
  private static var defaultRates: String {
    let rates = Objective.all.map { objective in
      let rate = Formatting.plain(objective.defaultLearningRate(hasHiddenLayers: true))
      return "\(rate) for \(objective.output) with \(objective.cost.rawValue)"
    }
    let other = Objective.all.map { $0.defaultLearningRate(hasHiddenLayers: false) }.min() ?? 0
    let adam = Objective.all[0].defaultLearningRate(optimizer: .adam, hasHiddenLayers: true)
    return
      "(default: \(rates.joined(separator: ", ")), but \(Formatting.plain(other)) without a hidden layer, less for tanh "
      + "and relu, and \(Formatting.plain(adam)) for adam)"
  }
}

extension BestMetric: ExpressibleByArgument {}
