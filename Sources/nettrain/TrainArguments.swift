import ArgumentParser
import Datasets
import LinearAlgebra
import Training

/// The arguments of `nettrain train`, which are also those of `nettrain` without the name of a command.
struct TrainArguments: ParsableArguments {
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Training") var training: TrainingOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Models and checkpoints") var model: ModelOptions
  @OptionGroup(title: "Report") var report: ReportOptions

  func validate() throws {
    // The options of a checkpoint are still to come.
    if model.resume == nil { try checkCombinations() }
  }

  private func checkCombinations() throws {
    let objective = try network.objective()
    if report.saturation && objective.output != .sigmoid {
      throw ValidationError("--saturation: only sigmoid outputs saturate one by one; choose --output sigmoid")
    }
  }

  /// Reads the data and settles what the options leave open. Whatever can be wrong with either is found here.
  func prepare() throws -> RunDescription {
    try checkCombinations()
    let objective = try network.objective()
    let initialModel = try network.initialModel()
    let (folder, split) = try data.load()
    try initialModel?.check(against: folder)
    guard training.patience == nil || split.validation != nil else {
      throw Failure(.usage, "--patience: there are no validation examples to wait for; ask for some with --validation")
    }
    let hidden = network.hidden ?? initialModel?.hidden ?? [30]
    let sizes = [folder.training.pixelCount] + hidden + [folder.classCount]
    let batchSize = try training.batchSize(examples: split.training.count)
    try MemoryCheck.check(
      sizes: sizes, batchSize: batchSize, precision: network.precision, keepsFiles: !model.outputs.isEmpty)
    let threads = BLASLibrary.setThreads(training.threads)
    guard threads == training.threads else {
      throw Failure(
        .usage, "--threads \(training.threads): \(BLASLibrary.name) runs at most \(threads); choose fewer")
    }
    let density = split.training.density
    return RunDescription(
      folder: folder, typedFolder: data.usesBundledDigits ? nil : folder.path,
      usesBundledDigits: data.usesBundledDigits, split: split, sizes: sizes,
      objective: objective, initialization: network.initialization ?? .scaled, initialModel: initialModel,
      initialModelHash: initialModel?.sha256,
      hyperparameters: Hyperparameters(
        batchSize: batchSize,
        learningRate: training.learningRate
          ?? objective.defaultLearningRate(hasHiddenLayers: !hidden.isEmpty),
        l2: training.l2, shuffles: !training.keepsFileOrder, labelSmoothing: training.labelSmoothing,
        seed: training.seed),
      epochs: training.epochs, patience: training.patience, measuresSaturation: report.saturation,
      precision: network.precision, threads: threads,
      kernel: try training.kernel(
        for: split.training, density: density, neurons: sizes[1], batchSize: batchSize, precision: network.precision),
      density: density)
  }

  /// What the user may not expect, of a run that can go on.
  func notes(on run: RunDescription) -> [String] {
    var notes: [String] = []
    let count = run.split.training.count
    if let limit = data.limit, limit > count {
      notes.append("--limit \(limit) is more than the \(count) training examples there are; all are used")
    }
    let seen = Set(run.folder.training.labels.bytes).count
    if seen < run.folder.classCount {
      notes.append(
        "\(run.folder.classCount - seen) of the \(run.folder.classCount) classes have no training example; "
          + "the labels go up to \(run.folder.training.greatestLabel)")
    }
    if let model = run.initialModel, model.model.isSinglePrecision != (run.precision == .single) {
      let stored = model.model.isSinglePrecision ? "single" : "double"
      notes.append("\(model.path) holds weights in \(stored) precision; they are trained in \(run.precision)")
    }
    return notes
  }
}
