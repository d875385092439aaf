import ArgumentParser
import Datasets
import FoundationEssentials
import Glibc
import LinearAlgebra
import NeuralNetwork
import SystemPackage
import Training

/// `nettrain train`: trains one network and reports accuracy per epoch.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network that reads digits, and report its accuracy after each epoch.",
    usage: "nettrain [train] [<options>]",
    discussion: """
      A network of sigmoid neurons below an output layer of your choice learns by stochastic gradient descent, as in \
      the book "Neural Networks and Deep Learning". Without options it learns the digits that come with the program. \
      Runs with the same seed differ in nothing but what you change.

      For example, the same network under two costs:

        nettrain --output sigmoid --cost cross-entropy
        nettrain --output sigmoid --cost quadratic

      The training figures of an epoch are taken while it learns, the others after it; * marks a best epoch, \
      which is chosen on the validation examples and never on the test examples.
      """)

  @OptionGroup(title: "Network") var networkOptions: NetworkOptions
  @OptionGroup(title: "Training") var trainingOptions: TrainingOptions
  @OptionGroup(title: "Data") var dataOptions: DataOptions
  @OptionGroup(title: "Report") var reportOptions: ReportOptions

  func validate() throws {
    _ = try networkOptions.objective()
  }

  func run() throws {
    let run = try prepare()
    BLASLibrary.setThreads(run.threads)
    switch run.precision {
    case .double: try train(Double.self, run)
    case .single: try train(Float.self, run)
    }
  }

  /// Reads the data and settles what the options leave open. Whatever can be wrong with either is found here.
  private func prepare() throws -> RunDescription {
    let objective = try networkOptions.objective()
    let (folder, split) = try dataOptions.load()
    let count = split.training.count
    if let limit = dataOptions.limit, limit > count, !reportOptions.quiet {
      note("--limit \(limit) is more than the \(count) training examples there are; all are used")
    }
    guard trainingOptions.batchSize <= count else {
      throw Failure(
        .usage,
        "--batch-size \(trainingOptions.batchSize): there are \(count) training examples; choose at most \(count)")
    }
    let sizes = [folder.training.pixelCount] + networkOptions.hidden + [folder.classCount]
    return RunDescription(
      folder: folder, usesBundledDigits: dataOptions.data == nil, split: split, sizes: sizes,
      parameterCount: try parameterCount(of: sizes), objective: objective,
      initialization: networkOptions.initialization,
      hyperparameters: Hyperparameters(
        batchSize: trainingOptions.batchSize,
        learningRate: trainingOptions.learningRate ?? objective.defaultLearningRate, l2: trainingOptions.l2,
        shuffles: !trainingOptions.keepsFileOrder, labelSmoothing: trainingOptions.labelSmoothing,
        seed: trainingOptions.seed),
      epochs: trainingOptions.epochs, precision: networkOptions.precision, threads: trainingOptions.threads)
  }

  /// The number of weights and biases, if the machine's memory can hold them.
  private func parameterCount(of sizes: [Int]) throws -> Int {
    let count = zip(sizes, sizes.dropFirst()).reduce(0.0) { $0 + Double($1.0 + 1) * Double($1.1) }
    let memory = Double(sysconf(CInt(_SC_PHYS_PAGES))) * Double(sysconf(CInt(_SC_PAGESIZE)))
    let bytes = count * (networkOptions.precision == .double ? 8 : 4)
    guard bytes < memory else {
      let gigabytes = { (bytes: Double) in Formatting.fixed(bytes / 1e9, decimals: 0) }
      throw Failure(
        .usage,
        "--hidden: a network \(sizes) takes \(gigabytes(bytes)) GB, but this machine has \(gigabytes(memory)) GB of "
          + "memory; choose smaller layers")
    }
    return Int(count)
  }

  private func train<Scalar: BLASScalar>(_: Scalar.Type, _ run: RunDescription) throws {
    let network = Network<Scalar>(
      sizes: run.sizes, initialization: run.initialization, seed: run.hyperparameters.seed)
    var trainer = Trainer(
      network, objective: run.objective, hyperparameters: run.hyperparameters, split: run.split,
      test: Examples(of: run.folder.test))
    let reports = try makeReports()
    for report in reports { try report.start(run) }
    var bar = showsProgress ? ProgressBar(epochs: run.epochs, examples: run.split.training.count) : nil
    StopSignal.listen()
    let summary = try trainer.train(epochs: run.epochs) { record, isBest in
      bar?.clear()
      for report in reports { try report.epoch(record, isBest: isBest) }
    } shouldContinue: { progress in
      bar?.show(epoch: progress.epoch, examplesSeen: progress.examplesSeen)
      return StopSignal.received == nil
    }
    bar?.clear()
    for report in reports { try report.end(summary) }
    try conclude(summary, run)
  }

  /// Ends with the status that the run deserves.
  private func conclude(_ summary: RunSummary, _ run: RunDescription) throws {
    switch summary.status {
    case .completed: break
    case .interrupted: throw Failure(signal: StopSignal.received ?? SIGINT)
    case .diverged(let divergence):
      let place = divergence.miniBatch.map { "at mini-batch \($0)" } ?? "at its end"
      throw Failure(
        .diverged,
        "training diverged in epoch \(divergence.epoch), \(place): a cost or weight is no longer finite; "
          + "choose a --learning-rate below \(Formatting.plain(run.hyperparameters.learningRate))")
    }
    if let required = reportOptions.requireAccuracy, let test = summary.last?.test, test.accuracy < required {
      throw Failure(
        .accuracyNotReached,
        "--require-accuracy \(Formatting.plain(required)): \(test.correctCount) of \(test.count) test images are right, "
          + "\(Formatting.percentage(test.accuracy)); train longer or ask for less")
    }
  }

  private func makeReports() throws -> [any RunReport] {
    let output = LineWriter.standardOutput
    var reports: [any RunReport]
    switch reportOptions.format {
    case .text: reports = [TextReport(writer: output, usesColor: usesColor)]
    case .json: reports = [JSONReport(writer: output)]
    case .csv: reports = [CSVReport(writer: output)]
    }
    if let path = reportOptions.log {
      let log = try LineWriter(replacing: path)
      reports.append(path.hasSuffix(".csv") ? CSVReport(writer: log) : JSONReport(writer: log))
    }
    return reports
  }

  private var showsProgress: Bool {
    switch reportOptions.progress {
    case .auto: ProgressBar.hasTerminal && !reportOptions.quiet
    case .always: !reportOptions.quiet
    case .never: false
    }
  }

  private var usesColor: Bool {
    let environment = ProcessInfo.processInfo.environment
    let isUnwanted = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    switch reportOptions.color {
    case .auto: return isatty(STDOUT_FILENO) == 1 && !isUnwanted && environment["TERM"] != "dumb"
    case .always: return true
    case .never: return false
    }
  }

  private func note(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll("nettrain: note: \(text)\n".utf8)
  }
}
