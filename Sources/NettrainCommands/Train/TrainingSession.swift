import Datasets
import Glibc
import SparseInputs
import Training

/// A training with its reports and files, from the settled run to the exit status.
struct TrainingSession {
  let run: Run
  let outputs: OutputOptions
  let report: ReportOptions
  /// The checkpoint that the run goes on from; `nil` for a new run.
  let checkpoint: Checkpoint?
  /// Notes for the user, written when no fault has been found.
  let notes: [String]
  /// Files besides the data that must not be replaced.
  var spared: [String] = []

  /// Trains, and throws the failure that the exit status stands for, unless that is 0.
  func execute() throws {
    StopSignal.listen()
    switch run.configuration.precision {
    case .double: try train(Double.self)
    case .single: try train(Float.self)
    }
  }

  private func train<Scalar: SparseScalar>(_: Scalar.Type) throws {
    let spared = run.dataFiles + spared
    let files = try OutputFiles(
      outputs, of: run, sparing: spared + (outputs.log.map { [$0] } ?? []), isResumed: checkpoint != nil)
    var notes = notes + files.notes
    var trainer: Trainer<Scalar>
    if let checkpoint {
      let state = try checkpoint.state(Scalar.self, sizes: run.sizes)
      trainer = try Trainer(resuming: state, run.configuration, run.data, keepsBest: files.needBest)
    } else {
      trainer = try Trainer(
        run.configuration, run.data, network: run.initialModel?.model.network(Scalar.self), keepsBest: files.needBest)
    }
    let output = report.makeOutput(withSaturation: run.configuration.saturation)
    // The log comes first: it is complete even if nobody reads standard output.
    var reports: [any RunReport] = []
    if let log = outputs.log {
      // A model may be trained on in its place, but no log may take it.
      let models = run.initialModel.map { [$0.path] } ?? []
      let file = try RunLog(log, sparing: spared + models + outputs.replaced.map(\.path), replacing: outputs.force)
      if checkpoint == nil { notes += try outputs.checkFormer("--log", log, of: run, isResumed: false) }
      reports.append(try file.begin(run, history: checkpoint == nil ? nil : trainer.state.history))
    }
    report.note(notes)
    try unlessStopped { try output.start(run) }
    reports.append(output)
    if checkpoint != nil { try files.resume(trainer.state) }
    var check = LearningCheck(run)
    let summary = try train(&trainer, &check, files, reports)
    try files.end(trainer.state, summary)
    for report in reports { try report.end(summary) }
    report.note(check.notes(at: summary) { trainer.hasEqualOutputs() })
    try conclude(summary)
  }

  private func train<Scalar: SparseScalar>(
    _ trainer: inout Trainer<Scalar>, _ check: inout LearningCheck, _ files: OutputFiles, _ reports: [any RunReport]
  ) throws -> RunSummary {
    let epochs = run.configuration.epochs
    var bar =
      epochs > 0 && report.showsProgress ? ProgressBar(epochs: epochs, examples: run.data.training.count) : nil
    defer { bar?.clear() }
    return try trainer.train { record, isBest in
      bar?.clear()
      try unlessStopped { for report in reports { try report.epoch(record, isBest: isBest) } }
      report.note(check.notes(after: record))
    } keep: { state, isBest in
      try files.keep(state, isBest: isBest)
    } shouldContinue: { progress in
      check.see(progress)
      bar?.show(epoch: progress.epoch, examplesSeen: progress.examplesSeen)
      return StopSignal.received == nil
    }
  }

  /// Writes to a report. A signal that comes while the report waits for its reader, or a reader that has closed its pipe,
  /// ends the training, which keeps its state first.
  private func unlessStopped(_ write: () throws -> Void) throws {
    do {
      try write()
    } catch let failure as Failure where failure.isFromSignal {}
  }

  private func conclude(_ summary: RunSummary) throws {
    switch summary.status {
    case .completed, .outOfPatience: break
    case .interrupted: throw Failure(signal: StopSignal.received ?? SIGINT)
    case .diverged(let divergence): throw Failure(divergence, of: run, last: summary.last)
    }
    if let required = report.requireAccuracy, let test = summary.last?.test, test.accuracy < required {
      throw Failure(
        .accuracyNotReached,
        "--require-accuracy \(Formatting.plain(required)): \(test.correctCount) of \(test.count) test images are right, "
          + "\(Formatting.percentage(test.accuracy)); train longer or ask for less")
    }
  }
}
