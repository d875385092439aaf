import ArgumentParser
import Datasets
import NeuralNetwork
import Training

/// The options for the method of training.
struct TrainingOptions: ParsableArguments {
  private static let defaults = TrainingConfiguration.defaults

  @OptionGroup var schedule: ScheduleOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Examples per mini-batch. (default: \(defaults.batchSize))", valueName: "n"),
    transform: Parse.positiveCount)
  var batchSize: Int?

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

  @OptionGroup var regularization: RegularizationOptions

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
    try schedule.set(&configuration, objective, optimizer, data)
    try regularization.set(&configuration)
    configuration.batchSize = batchSize ?? min(configuration.batchSize, count)
    configuration.optimizer = optimizer
    configuration.momentum = momentum
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
}

extension Optimizer: ExpressibleByArgument {}
