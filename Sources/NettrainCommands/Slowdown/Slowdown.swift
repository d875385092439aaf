import ArgumentParser
import Datasets
import NeuralNetwork
import Training
import Verification

/// `nettrain slowdown`: the chapter's opening experiment, on one neuron and on a network.
struct Slowdown: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "See how a saturated neuron learns under either cost.",
    discussion: """
      The opening experiment of chapter 3. One sigmoid neuron with one input learns one target, from a good and from a \
      bad start: under the quadratic cost its steps have the factor σ'(z), which is small where the output is saturated, \
      and under the cross-entropy they do not.

      Then the same on a network: the mean slope σ'(z) of the output neurons, the share of them whose output is within \
      0.01 of 0 or 1, and the test accuracy, epoch by epoch, from large first weights.

      For example, a start of your own:

        nettrain slowdown --weight 3 --bias 1 --epochs 500
      """, version: Nettrain.version)

  /// The book's good and bad start, with its input, target and rate.
  private static let book = [(0.6, 0.9), (2.0, 2.0)].map { weight, bias in
    NeuronExperiment(cost: .quadratic, weight: weight, bias: bias)
  }
  private static let neuron = book[0]
  private static let defaults = (epochs: 300, networkEpochs: 10, seed: UInt64(0))

  private static func inBook(_ value: (NeuronExperiment) -> Double) -> String {
    "(default: \(book.map { Formatting.plain(value($0)) }.joined(separator: " and ")), the book's)"
  }

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The neuron's first weight. \(inBook(\.weight))", valueName: "w"),
    transform: Parse.number)
  var weight: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The neuron's first bias. \(inBook(\.bias))", valueName: "b"),
    transform: Parse.number)
  var bias: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The neuron's input. (default: \(Formatting.plain(neuron.input)))", valueName: "x"),
    transform: Parse.number)
  var input = Self.neuron.input

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The neuron's target, from 0 to 1. (default: \(Formatting.plain(neuron.target)))", valueName: "y"),
    transform: Parse.fraction)
  var target = Self.neuron.target

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The neuron's step size. (default: \(Formatting.plain(neuron.learningRate)))", valueName: "x"),
    transform: Parse.learningRate)
  var learningRate = Self.neuron.learningRate

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The neuron's epochs. (default: \(defaults.epochs))", valueName: "n"),
    transform: Parse.keptEpochs)
  var epochs = Self.defaults.epochs

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The network's epochs; 0 leaves the network out. (default: \(defaults.networkEpochs))", valueName: "n"),
    transform: Parse.count)
  var networkEpochs = Self.defaults.networkEpochs

  @Option(
    help: ArgumentHelp(
      "The network's digits: a folder with the four IDX files, or the beginning of their names. (default: the bundled)",
      valueName: "dir"),
    completion: .file(), transform: Parse.name)
  var data: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the network's weights. (default: \(defaults.seed))", valueName: "n"),
    transform: Parse.seed)
  var seed = Self.defaults.seed

  @Option(help: ArgumentHelp("The form of standard output; json is one object a line.", valueName: "kind"))
  var format = ReportOptions.Format.text

  func validate() throws {
    guard (weight == nil) == (bias == nil) else {
      throw ValidationError("--weight and --bias: a start has both; give the other, too")
    }
  }

  func run() throws {
    // The faults of the data are found before anything is written.
    let files = networkEpochs > 0 ? try DataFiles(openedIn: data ?? BundledDigits.folder()) : nil
    try checkMemory(files.flatMap { try $0.outline() })
    let folder = try files?.read()
    let report = SlowdownReport(
      writer: .standardOutput, format: format == .text ? nil : format == .json ? .json : .csv,
      width: Terminal.outputWidth)
    try report.start()
    for (weight, bias) in starts {
      let (quadratic, crossEntropy) = (
        experiment(.quadratic, weight, bias), experiment(.crossEntropy, weight, bias)
      )
      try report.neuron(quadratic, (quadratic.run(epochs: epochs), crossEntropy.run(epochs: epochs)))
    }
    if let folder {
      let data = try TrainingData(folder)
      LineWriter.writeToStandardError(notes: folder.notes + data.classNotes(canStratify: false))
      let (quadratic, crossEntropy) = try (train(.quadratic, data), train(.crossEntropy, data))
      try report.network(
        quadratic.sizes, learningRates: (quadratic.learningRate, crossEntropy.learningRate),
        (quadratic.epochs, crossEntropy.epochs))
    }
  }

  private func checkMemory(_ data: DataOutline?) throws {
    var configuration = TrainingConfiguration(learningRate: 1)
    configuration.epochs = networkEpochs
    var need = data.map { MemoryNeed(training: configuration, on: $0, writing: nil) } ?? MemoryNeed()
    // The states of a neuron under either cost, 48 bytes each, and their outputs for the plot.
    need.add(atOneMoment: 112 * Double(epochs))
    try need.check(for: "slowdown", "choose smaller data or fewer --epochs")
  }

  private var starts: [(weight: Double, bias: Double)] {
    if let weight, let bias { [(weight, bias)] } else { Self.book.map { ($0.weight, $0.bias) } }
  }

  private func experiment(_ cost: Cost, _ weight: Double, _ bias: Double) -> NeuronExperiment {
    var experiment = NeuronExperiment(cost: cost, weight: weight, bias: bias)
    experiment.input = input
    experiment.target = target
    experiment.learningRate = learningRate
    return experiment
  }

  /// Trains a network with one hidden layer from large weights.
  private func train(
    _ cost: Cost, _ data: TrainingData
  ) throws -> (sizes: [Int], learningRate: Double, epochs: [EpochRecord]) {
    let objective = try Objective(output: .sigmoid, cost: cost)
    var configuration = TrainingConfiguration(learningRate: objective.defaultLearningRate(hasHiddenLayers: true))
    (configuration.output, configuration.cost) = (.sigmoid, cost)
    (configuration.initialization, configuration.seed) = (.large, seed)
    (configuration.epochs, configuration.saturation) = (networkEpochs, true)
    configuration.batchSize = min(configuration.batchSize, data.training.count)
    var trainer = try Trainer<Double>(configuration, data)
    var epochs: [EpochRecord] = []
    let summary = try trainer.train { record, _ in epochs.append(record) }
    guard summary.status == .completed else {
      throw Failure(
        .diverged, "the network diverged under the \(cost.rawValue) cost; choose other data or another seed")
    }
    return (trainer.network.sizes, configuration.learningRate, epochs)
  }
}
