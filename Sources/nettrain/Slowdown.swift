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
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The neuron's first weight. (default: 0.6 and 2, the book's)", valueName: "w"),
    transform: Parse.number)
  var weight: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The neuron's first bias. (default: 0.9 and 2, the book's)", valueName: "b"),
    transform: Parse.number)
  var bias: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The neuron's input. (default: 1)", valueName: "x"),
    transform: Parse.number)
  var input = 1.0

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The neuron's target, from 0 to 1. (default: 0)", valueName: "y"),
    transform: Parse.target)
  var target = 0.0

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The neuron's step size. (default: 0.15)", valueName: "x"),
    transform: Parse.learningRate)
  var learningRate = 0.15

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The neuron's epochs. (default: 300)", valueName: "n"),
    transform: Parse.neuronEpochs)
  var epochs = 300

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The network's epochs; 0 leaves the network out. (default: 10)", valueName: "n"),
    transform: Parse.count)
  var networkEpochs = 10

  @Option(
    help: ArgumentHelp(
      "The network's digits: a folder with the four IDX files. (default: the bundled)", valueName: "dir"),
    transform: Parse.name)
  var data: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The seed of the network's weights. (default: 0)", valueName: "n"),
    transform: Parse.seed)
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("What standard output carries; json is one object a line.", valueName: "kind"))
  var format = ReportOptions.Format.text

  func validate() throws {
    guard (weight == nil) == (bias == nil) else {
      throw ValidationError("--weight and --bias: a start has both; give the other, too")
    }
  }

  func run() throws {
    let report: any SlowdownReport =
      switch format {
      case .text: SlowdownText(writer: .standardOutput)
      case .json: SlowdownJSON(writer: .standardOutput)
      case .csv: SlowdownCSV(writer: .standardOutput)
      }
    // What can be wrong with the data is found before anything is written.
    let folder = networkEpochs > 0 ? try DataFolder(readingFrom: data ?? BundledDigits.folder()) : nil
    try report.start()
    for (weight, bias) in starts {
      try report.neuron(
        NeuronRun(
          quadratic: experiment(.quadratic, weight, bias), crossEntropy: experiment(.crossEntropy, weight, bias),
          epochs: epochs))
    }
    if let folder {
      try report.network(
        NetworkRun(quadratic: train(.quadratic, folder), crossEntropy: train(.crossEntropy, folder)))
    }
  }

  private var starts: [(weight: Double, bias: Double)] {
    if let weight, let bias { [(weight, bias)] } else { [(0.6, 0.9), (2, 2)] }
  }

  private func experiment(_ cost: Cost, _ weight: Double, _ bias: Double) -> NeuronExperiment {
    var experiment = NeuronExperiment(cost: cost, weight: weight, bias: bias)
    experiment.input = input
    experiment.target = target
    experiment.learningRate = learningRate
    return experiment
  }

  /// Trains a [784, 30, 10] network, or one for other images, from large weights.
  private func train(_ cost: Cost, _ folder: DataFolder) throws -> NetworkRun.Training {
    let objective = try Objective(output: .sigmoid, cost: cost)
    let split = try Split(folder.training)
    let sizes = [folder.training.pixelCount, 30, folder.classCount]
    let rate = objective.defaultLearningRate(hasHiddenLayers: true)
    var trainer = Trainer(
      Network<Double>(sizes: sizes, initialization: .large, seed: seed), objective: objective,
      hyperparameters: Hyperparameters(batchSize: min(10, split.training.count), learningRate: rate, seed: seed),
      split: split, test: Examples(of: folder.test), measuresSaturation: true)
    var records: [EpochRecord] = []
    _ = try trainer.train(epochs: networkEpochs) { record, _ in
      records.append(record)
    } shouldContinue: { _ in
      true
    }
    return NetworkRun.Training(sizes: sizes, learningRate: rate, records: records)
  }
}

extension Parse {
  /// A finite number.
  static func number(_ word: String) throws -> Double {
    guard let number = Double(word), number.isFinite else { throw ValidationError("give a number, such as 2") }
    return number
  }

  /// All epochs are kept, and more than a million would show no more.
  static func neuronEpochs(_ word: String) throws -> Int {
    guard let number = Int(word), (1...1_000_000).contains(number) else {
      throw ValidationError("give a whole number from 1 to 1000000")
    }
    return number
  }

  static func target(_ word: String) throws -> Double {
    guard let number = Double(word), (0...1).contains(number) else {
      throw ValidationError("give a number from 0 to 1")
    }
    return number
  }
}
