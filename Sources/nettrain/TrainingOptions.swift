import ArgumentParser
import Datasets
import LinearAlgebra
import NeuralNetwork
import Training

/// The options that say how it is trained.
struct TrainingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Passes over the training examples; 0 evaluates the untrained network. (default: 30)", valueName: "n"),
    transform: Parse.count)
  var epochs = 30

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Examples per mini-batch. (default: 10)", valueName: "n"), transform: Parse.positiveCount)
  var batchSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The step size. \(Self.defaultRates)", valueName: "x"),
    transform: Parse.learningRate)
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The book's lambda: each step multiplies the weights by 1 - rate*lambda/examples. (default: 0)", valueName: "x"),
    transform: Parse.l2)
  var l2 = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Draws the targets from 0 and 1 by this share toward equal odds; all costs are then those of the drawn targets. (default: 0)",
      valueName: "x"),
    transform: Parse.labelSmoothing)
  var labelSmoothing = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Same seed, same first weights and same mini-batches, whatever the cost or output. (default: 0)", valueName: "n"),
    transform: Parse.seed)
  var seed: UInt64 = 0

  @Flag(name: .customLong("no-shuffle"), help: "Take the examples in the order of the file.")
  var keepsFileOrder = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop after n epochs without a better validation accuracy. (default: never)", valueName: "n"),
    transform: Parse.positiveCount)
  var patience: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads of a matrix product; more than one seldom helps. (default: 1)", valueName: "n"),
    transform: Parse.positiveCount)
  var threads = 1

  @Option(
    help: ArgumentHelp(
      "How the first layer's products are formed: dense (by the BLAS), sparse (from the pixels that are not 0), or "
        + "whichever is faster for this data and network.",
      valueName: "kind"))
  var kernel = KernelChoice.auto

  /// How the first layer's products are to be formed.
  enum KernelChoice: String, CaseIterable, ExpressibleByArgument {
    case auto
    case dense
    case sparse
  }

  /// The size of a mini-batch, if there are so many examples; where none was asked for, they are one mini-batch.
  func batchSize(examples: Int) throws -> Int {
    guard let batchSize else { return min(10, examples) }
    guard batchSize <= examples else {
      throw Failure(
        .usage,
        "--batch-size \(batchSize): the number of training examples is \(examples); choose at most that")
    }
    return batchSize
  }

  /// The kernel for examples of some density and for the number of neurons in the first layer.
  func kernel(
    for examples: Examples, density: Double, neurons: Int, batchSize: Int, precision: Precision
  ) throws -> InputKernel {
    switch kernel {
    case .dense: return .dense
    case .sparse:
      guard examples.isCompressible else {
        throw Failure(
          .usage,
          "--kernel sparse: images have at most \(CompressedRows.largestColumnCount) pixels there, and these have "
            + "\(examples.dataset.pixelCount); choose dense")
      }
      return .sparse
    case .auto:
      let bits = precision == .double ? 64 : 32
      return .fastest(
        density: density, pixelCount: examples.dataset.pixelCount, neurons: neurons, batchSize: batchSize,
        scalarBits: bits)
    }
  }

  /// The default rate of each pair, in words.
  private static var defaultRates: String {
    let rates = Objective.all.map { objective in
      let rate = Formatting.plain(objective.defaultLearningRate(hasHiddenLayers: true))
      return "\(rate) for \(objective.output) with \(objective.cost.rawValue)"
    }
    return "(default: \(rates.joined(separator: ", ")), but 0.01 without a hidden layer)"
  }
}
