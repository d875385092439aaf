import ArgumentParser
import Datasets
import Files
import LinearAlgebra
import Safetensors
import Training

/// `nettrain resume`: continues a stopped run from its checkpoint.
struct Resume: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Resume a stopped run; the result is bit-identical to an uninterrupted one.",
    discussion: """
      The options of the run are those that it was started with. Only the number of epochs and the patience may grow, and \
      output may go elsewhere. The checkpoint goes on being written, unless --checkpoint names another file. A log keeps \
      the lines of the epochs that are done.

      For example, a run that is stopped and resumed:

        nettrain --epochs 30 --checkpoint run.checkpoint --log run.jsonl
        nettrain resume run.checkpoint --log run.jsonl

      Exit status: as for train; 78 if data, BLAS, instructions or version differ from those of the checkpoint.
      """, version: Nettrain.version)

  @Argument(
    help: ArgumentHelp(
      "The checkpoint of the run; - for standard input, and then only --checkpoint writes another.",
      valueName: "checkpoint"), completion: .file(),
    transform: Parse.name)
  var file: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The epochs of the whole run, at least as many as before. (default: as before)", valueName: "n"),
    transform: Parse.count)
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop after n epochs without a new best epoch, at least as many as before. (default: as before)",
      valueName: "n"),
    transform: Parse.positiveCount)
  var patience: Int?

  @Option(
    help: ArgumentHelp(
      "The folder of the data, or the beginning of their names, if they have moved; the same bytes.", valueName: "dir"),
    completion: .file(), transform: Parse.name)
  var data: String?

  @OptionGroup(title: "Files") var outputs: OutputOptions
  @OptionGroup(title: "Report") var report: ReportOptions

  mutating func validate() throws { try outputs.settleStandardOutput(report.format) }

  func run() throws {
    let isStandardInput = file == "-"
    // Faults of the file are reported before a lock is made beside it. It is read again when no other run can write it.
    if !isStandardInput {
      if let outline = try? SafetensorsOutline(readingFrom: file) {
        try checkMemory(outline.metadata, byteCount: outline.byteCount)
      }
      _ = try readCheckpoint()
    }
    if let log = outputs.log, !isStandardInput, isSameFile(log, file) {
      throw Failure(
        .cannotCreateOutput, "--log \(log.shown): this is the checkpoint that is resumed; choose another name")
    }
    var outputs = outputs
    outputs.checkpoint = outputs.checkpoint ?? (isStandardInput ? nil : file)
    try OutputFiles.withLock(on: outputs.checkpoint) {
      let checkpoint = try readCheckpoint()
      let run = try settle(checkpoint)
      let done = checkpoint.epochsDone
      let notes = ["resuming \(done == 0 ? "in the first epoch" : "after epoch \(done)") of \(name.shown)"]
      let isElsewhere = !isStandardInput && !isSameFile(file, outputs.checkpoint ?? file)
      let session = TrainingSession(
        run: run, outputs: outputs, report: report, checkpoint: checkpoint,
        notes: notes + run.notes(limit: nil, isNew: false), spared: isElsewhere ? [file] : [])
      try named { try session.execute() }
    }
  }

  /// Checks that there is memory for the run, by what the checkpoint and the data say of themselves. Faults of either are
  /// found later.
  private func checkMemory(_ metadata: [String: String], byteCount: Int) throws {
    guard case (var configuration, let provenance)? = Checkpoint.circumstances(in: metadata),
      let files = try? DataFiles(openedIn: folder(of: provenance)), let data = try? files.outline()
    else { return }
    configuration.epochs = max(configuration.epochs, epochs ?? 0)
    var outputs = outputs
    outputs.checkpoint = outputs.checkpoint ?? (file == "-" ? nil : file)
    try MemoryNeed(training: configuration, on: data, writing: outputs, from: .checkpoint(byteCount))
      .check(for: name.shown, "resume the run on a machine with more memory")
  }

  /// The folder of the data that a run began with, or where they are now.
  private func folder(of provenance: Provenance) throws -> String {
    try data ?? provenance.directory ?? BundledDigits.folder()
  }

  private func readCheckpoint() throws -> Checkpoint {
    let input = try SavedFileInput(file)
    if input.isStandardInput { try checkMemory(input.contents.metadata, byteCount: 0) }
    return try named { try Checkpoint(input.contents) }
  }

  /// The name of the checkpoint for messages.
  private var name: String { file == "-" ? "standard input" : file }

  /// Adds the name of the checkpoint to its faults.
  private func named<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TrainingError {
      throw Failure(.malformedData, "\(name.shown): \(error)")
    }
  }

  /// The run of a checkpoint, with what may differ, on the data that it was begun with.
  private func settle(_ checkpoint: Checkpoint) throws -> Run {
    var configuration = checkpoint.configuration
    try grow("--epochs", &configuration.epochs, to: epochs)
    if let patience {
      guard var former = configuration.patience else {
        throw otherRun("--patience is \(patience) and was not given")
      }
      guard configuration.halvings == 0 || patience == former else {
        throw otherRun("--patience is \(patience) and was \(former), by which the learning rate has been halved")
      }
      try grow("--patience", &former, to: patience)
      configuration.patience = former
    }
    let usesBundledDigits = data == nil && checkpoint.provenance.directory == nil
    let folder = try DataFolder(readingFrom: folder(of: checkpoint.provenance), hashing: true)
    try check(checkpoint.provenance, against: folder)
    // The data are those of the checkpoint, so a split that they do not allow is a fault of the file.
    guard configuration.kernel == .dense || Pixels.areCompressible(pixelCount: folder.training.pixelCount),
      !configuration.expand || Pixels.areCompressible(pixelCount: folder.training.pixelCount),
      let examples = try? TrainingData(folder, configuration.dataChoices),
      examples.training.count == configuration.trainingCount
    else {
      throw Failure(.malformedData, "\(name.shown): \(TrainingError.malformed("configuration"))")
    }
    let run = Run(
      configuration: configuration, data: examples, dataFiles: folder.files, dataNotes: folder.notes,
      usesBundledDigits: usesBundledDigits)
    let threads = BLASLibrary.setThreads(configuration.threads)
    guard threads == configuration.threads else {
      throw otherRun("the BLAS runs at most \(threads) threads, and it had \(configuration.threads)")
    }
    return run
  }

  private func grow(_ option: String, _ former: inout Int, to value: Int?) throws {
    guard let value else { return }
    guard value >= former else { throw otherRun("\(option) is \(value) and was \(former), which may only grow") }
    former = value
  }

  /// Checks that data, arithmetic and program are those of the checkpoint.
  private func check(_ former: Provenance, against folder: DataFolder) throws {
    let now = Provenance(version: Nettrain.version, directory: nil, sha256: folder.sha256 ?? [:])
    var differences = now.sha256.keys.sorted().filter { now.sha256[$0] != former.sha256[$0] }.map { "\($0) differ" }
    for (name, value, formerValue) in [
      ("BLAS", now.blas, former.blas), ("instructions", now.instructions, former.instructions),
      ("nettrain", now.version, former.version),
    ] where value != formerValue {
      differences.append("\(name) is \(value) and was \(formerValue.shown)")
    }
    guard differences.isEmpty else { throw otherRun(differences.joined(separator: ", ")) }
  }

  private func otherRun(_ difference: String) -> Failure {
    Failure(
      .otherRun,
      "\(name.shown): this is not the run of the checkpoint: \(difference); make it the same, or start a new run")
  }
}
