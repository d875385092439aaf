import ArgumentParser
import Datasets
import NeuralNetwork
import Training

/// The options for the method of training.
struct TrainingOptions: ParsableArguments {
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
    help: ArgumentHelp("Examples per mini-batch. (default: \(defaults.batchSize))", valueName: "n"),
    transform: Parse.positiveCount)
  var batchSize: Int?

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
    help: ArgumentHelp(
      "The method: gradient descent, or Adam with 0.9, 0.999 and 1e-8.", valueName: "kind"))
  var optimizer = TrainingConfiguration.defaults.optimizer

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of a step that the next one of sgd keeps, the book's mu. "
        + "(default: \(Formatting.plain(defaults.momentum)))", valueName: "x"),
    transform: Parse.share)
  var momentum = TrainingConfiguration.defaults.momentum

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The book's lambda: each step multiplies the weights by 1 - rate*lambda/examples. "
        + "(default: \(Formatting.plain(defaults.l2)))", valueName: "x"),
    transform: Parse.l2)
  var l2 = TrainingConfiguration.defaults.l2

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The lambda of absolute weights: each step moves the weights by rate*lambda/examples toward 0. "
        + "(default: \(Formatting.plain(defaults.l1)))", valueName: "x"),
    transform: Parse.l2)
  var l1 = TrainingConfiguration.defaults.l1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Mixes this share of the uniform distribution into the targets. All costs are those of the mixed targets. "
        + "(default: \(Formatting.plain(defaults.labelSmoothing)))",
      valueName: "x"),
    transform: Parse.share)
  var labelSmoothing = TrainingConfiguration.defaults.labelSmoothing

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Same seed, same initial weights and same mini-batches, whatever the cost or output. (default: \(defaults.seed))",
      valueName: "n"),
    transform: Parse.seed)
  var seed = TrainingConfiguration.defaults.seed

  @Flag(name: .customLong("no-shuffle"), help: "Take the examples in the order of the file.")
  var keepsFileOrder = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop after n epochs without a new best epoch. (default: never)", valueName: "n"),
    transform: Parse.positiveCount)
  var patience: Int?

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

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Threads of a matrix product; more than one seldom helps. (default: \(defaults.threads))", valueName: "n"),
    transform: Parse.positiveCount)
  var threads = TrainingConfiguration.defaults.threads

  @Option(
    help: ArgumentHelp(
      "The method of the first layer's products: dense (by the BLAS), sparse (from the nonzero pixels), or the one that "
        + "is likely faster.",
      valueName: "kind"))
  var kernel = KernelChoice.auto

  /// The choice of a kernel for the first layer's products.
  enum KernelChoice: String, CaseIterable, ExpressibleByArgument {
    case auto
    case dense
    case sparse
  }

  /// Sets the choices that these options make, for some data.
  func set(_ configuration: inout TrainingConfiguration, _ objective: Objective, _ data: TrainingData) throws {
    let count = data.training.count
    guard batchSize ?? 1 <= count else {
      throw Failure(
        .usage,
        "--batch-size \(batchSize ?? 0): the number of training examples is \(count); choose at most that")
    }
    guard optimizer == .sgd || momentum == 0 else {
      throw Failure(.usage, "--momentum: adam has moments of its own; leave --momentum out, or choose --optimizer sgd")
    }
    let needsValidation = [
      "--patience": patience != nil, "--best-by": bestBy != nil, "--min-delta": minDelta != nil,
    ]
    if data.validation == nil, let option = needsValidation.filter(\.value).keys.sorted().first {
      throw Failure(
        .usage, "\(option): there are no validation examples to choose by; ask for some with --validation")
    }
    configuration.epochs = epochs
    configuration.patience = patience
    configuration.bestBy = bestBy ?? configuration.bestBy
    configuration.minDelta = minDelta ?? configuration.minDelta
    configuration.batchSize = batchSize ?? min(configuration.batchSize, count)
    configuration.learningRate =
      learningRate
      ?? objective.defaultLearningRate(
        optimizer: optimizer, configuration.activation, hasHiddenLayers: !configuration.hidden.isEmpty)
    configuration.learningRateDecay = learningRateDecay
    configuration.optimizer = optimizer
    configuration.momentum = momentum
    configuration.l2 = l2
    configuration.l1 = l1
    configuration.labelSmoothing = labelSmoothing
    configuration.seed = seed
    configuration.shuffle = !keepsFileOrder
    configuration.threads = threads
    configuration.kernel = try inputKernel(configuration, data)
  }

  private func inputKernel(_ configuration: TrainingConfiguration, _ data: TrainingData) throws -> InputKernel {
    guard kernel != .sparse || Pixels.areCompressible(pixelCount: data.pixelCount) else {
      throw Failure(
        .usage,
        "--kernel sparse: images have at most \(Pixels.greatestCompressibleCount) pixels there, and these have "
          + "\(data.pixelCount); choose dense")
    }
    return inputKernel(
      configuration, density: data.density,
      sizes: configuration.sizes(inputs: data.pixelCount, classes: data.classCount))
  }

  /// The kernel that these options choose for a network, by the density of its inputs.
  func inputKernel(_ configuration: TrainingConfiguration, density: Double, sizes: [Int]) -> InputKernel {
    switch kernel {
    case .dense: .dense
    case .sparse: .sparse
    case .auto:
      .fastest(
        density: density, pixelCount: sizes[0], neurons: sizes[1], batchSize: configuration.batchSize,
        precision: configuration.precision)
    }
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
extension Optimizer: ExpressibleByArgument {}
