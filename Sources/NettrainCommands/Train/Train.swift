import ArgumentParser
import Datasets
import LinearAlgebra
import NeuralNetwork
import Safetensors
import Training

/// `nettrain train`: trains one network and reports accuracy per epoch.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train one network and report accuracy per epoch; the default.",
    usage: "nettrain [train] [<options>]",
    discussion: """
      A network of sigmoid neurons below an output layer of your choice learns by stochastic gradient descent, as in the \
      book "Neural Networks and Deep Learning". Without options it learns the digits that come with the program. Runs \
      with the same seed differ in nothing but what you change.

      For example, the same network under two costs:

        nettrain --output sigmoid --cost cross-entropy
        nettrain --output sigmoid --cost quadratic

      The training figures of an epoch are measured while it learns, the others after it; * marks a best epoch, which is \
      chosen on the validation examples and never on the test examples.

      Exit status: 0 done, 3 training diverged, 4 --require-accuracy not reached, 64 wrong usage, 65 a data or \
      model file is malformed, 66 is missing or unreadable, 71 there is not enough memory, 73 an output file cannot be \
      created, 74 a write failed, 75 another run is writing the checkpoint or log, 129, 130, 138, 141 and 143 stopped \
      by SIGHUP, SIGINT, SIGUSR1, a closed pipe and SIGTERM.
      """, version: Nettrain.version)

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Training") var training: TrainingOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Files") var outputs: OutputOptions
  @OptionGroup(title: "Report") var report: ReportOptions

  @Flag(
    help: """
      Add two figures of the training pass, for sigmoid outputs: the mean slope, and the share of outputs within 0.01 of \
      0 or 1.
      """)
  var saturation = false

  /// The spelling of earlier versions.
  @Option(help: .hidden) var resume: String?

  mutating func validate() throws {
    try outputs.settleStandardOutput(report.format)
    if let resume {
      throw ValidationError("--resume: this is a command now; type: nettrain resume \(Formatting.shellWord(resume))")
    }
    // A model may have other defaults.
    if network.initFrom == nil { _ = try objective(nil) }
  }

  /// The output layer with its cost, which the other options must fit.
  private func objective(_ model: InitialModel?) throws -> Objective {
    let objective = try network.objective(model)
    guard !saturation || objective.output == .sigmoid else {
      throw ValidationError("--saturation: only sigmoid outputs saturate one by one; choose --output sigmoid")
    }
    return objective
  }

  func run() throws {
    try OutputFiles.withLock(on: outputs.checkpoint) {
      let run = try settle()
      try TrainingSession(
        run: run, outputs: outputs, report: report, checkpoint: nil, notes: run.notes(limit: data.limit)
      ).execute()
    }
  }

  /// Reads the data and settles what the options leave open. Every fault of either is found here.
  private func settle() throws -> Run {
    let isRecorded = report.format == .json || outputs.log != nil || !outputs.replaced.isEmpty
    let files = try DataFiles(openedIn: data.data ?? BundledDigits.folder(), hashing: isRecorded)
    let isStandardInput = network.initFrom == "-"
    let outline = try files.outline()
    if let outline, !isStandardInput { try checkMemory(outline, nil) }
    let model = try network.initialModel()
    if let outline, isStandardInput { try checkMemory(outline, model) }
    let objective = try objective(model)
    let folder = try files.read()
    try model?.check(against: folder)
    var known: [TrainingData.Choices: TrainingData] = [:]
    let settled = try SettledChoices(network, training, data, objective, model, on: folder, known: &known)
    var configuration = settled.configuration
    configuration.saturation = saturation
    let run = Run(
      configuration: configuration, data: settled.data, dataFiles: folder.files, dataNotes: folder.notes,
      usesBundledDigits: data.data == nil && !BundledDigits.areReplaced, initialModel: model)
    let threads = BLASLibrary.setThreads(configuration.threads)
    guard threads == configuration.threads else {
      throw Failure(
        .usage,
        "--threads \(configuration.threads): \(BLASLibrary.name) runs at most \(threads); choose fewer")
    }
    return run
  }

  /// Checks that there is memory for the run, before the data are read, and before a model that is a file. Faults of the
  /// options and of the model are found later.
  private func checkMemory(_ data: DataOutline, _ model: InitialModel?) throws {
    let file = model == nil ? network.initFrom.flatMap { try? SafetensorsOutline(readingFrom: $0) } : nil
    let hidden = file.flatMap { Model.sizes(in: $0) }.map { Array($0.dropFirst().dropLast()) }
    var configuration = TrainingConfiguration.defaults
    configuration.hidden = network.hidden ?? model?.hidden ?? hidden ?? configuration.hidden
    configuration.precision = network.precision
    configuration.epochs = training.schedule.epochs
    configuration.threads = training.threads
    configuration.batchSize = min(training.batchSize ?? configuration.batchSize, data.trainingCount)
    configuration.kernel = training.inputKernel(
      configuration, density: data.density,
      sizes: configuration.sizes(inputs: data.pixelCount, classes: data.classCount))
    (configuration.optimizer, configuration.momentum) = (training.optimizer, training.momentum)
    configuration.dropout = training.regularization.dropout
    self.data.set(&configuration, counting: data)
    try MemoryNeed(
      training: configuration, on: data, writing: outputs, from: file.map { .model($0.byteCount) } ?? .none
    ).check(
      for: configuration.expand ? "--expand" : "--hidden \(Formatting.layers(configuration.hidden))",
      "choose smaller layers, mini-batches or data")
  }
}
