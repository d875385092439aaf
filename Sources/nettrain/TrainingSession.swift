import Datasets
import Glibc
import LinearAlgebra
import NeuralNetwork
import Safetensors
import SystemPackage
import Training

/// A training with all that the user sees of it, from the options to the exit status.
struct TrainingSession {
  let arguments: TrainArguments

  /// The words that the arguments were made of.
  let words: [String]

  /// Trains, and throws what the exit status is to be, unless that is 0.
  func run() throws {
    guard let checkpoint = arguments.model.resume else {
      return try withLock(arguments.model.checkpoint) { try run(arguments, resumed: nil) }
    }
    // What is wrong with the file is told before anything is made beside it; what it holds is read when no other run can
    // write it any more.
    _ = try ResumedRun(readingFrom: checkpoint)
    try withLock(arguments.model.writtenCheckpoint) {
      let resumed = try ResumedRun(readingFrom: checkpoint)
      try run(try TrainArguments.parse(resumed.words + words), resumed: resumed)
    }
  }

  /// Keeps all other runs from writing a checkpoint meanwhile.
  private func withLock(_ checkpoint: String?, _ body: () throws -> Void) throws {
    guard let checkpoint else { return try body() }
    let lock = try Self.lock(checkpoint)
    for path in [checkpoint, arguments.model.save, arguments.model.saveBest, arguments.report.log].compactMap(\.self) {
      removeLeftovers(of: path)
    }
    try withExtendedLifetime(lock) { try body() }
  }

  /// Waits half a second for another run to end: one that was killed may hold its lock for a moment longer.
  private static func lock(_ checkpoint: String) throws -> FileLock {
    for _ in 0..<20 {
      do {
        return try FileLock(for: checkpoint)
      } catch FileLockFailure.heldByAnother {
        usleep(25_000)
      }
    }
    return try FileLock(for: checkpoint)
  }

  private func run(_ arguments: TrainArguments, resumed: ResumedRun?) throws {
    var run = try resumed.map { try $0.prepare(arguments) } ?? arguments.prepare()
    if let resumed, run.initialModel == nil && arguments.network.initialization == nil {
      run.initialModelHash = resumed.initialModelHash
    }
    let identity = arguments.model.outputs.isEmpty ? nil : RunIdentity(run)
    if let identity { try resumed?.check(identity, epochs: run.epochs) }
    if !arguments.report.quiet {
      for note in arguments.notes(on: run) + (resumed?.notes ?? []) {
        LineWriter.writeToStandardError("nettrain: note: \(note)")
      }
    }
    StopSignal.listen()
    switch run.precision {
    case .double: try train(Double.self, run, identity, arguments, resumed)
    case .single: try train(Float.self, run, identity, arguments, resumed)
    }
  }

  private func train<Scalar: BLASScalar>(
    _: Scalar.Type, _ run: RunDescription, _ identity: RunIdentity?, _ arguments: TrainArguments,
    _ resumed: ResumedRun?
  ) throws {
    let log = arguments.report.log
    let files = try KeptFiles(
      arguments.model, of: run, identity, sparing: run.folder.files + (log.map { [$0] } ?? []))
    var trainer = Trainer<Scalar>(
      resuming: try resumed?.state(Scalar.self, run) ?? run.initialState(), objective: run.objective,
      hyperparameters: run.hyperparameters, split: run.split, test: Examples(of: run.folder.test),
      measuresSaturation: run.measuresSaturation, kernel: run.kernel, keepsBest: files.needBest)
    var reports = [arguments.report.makeOutput()]
    if let log {
      // A model may be trained on in its place, but no log may take it.
      let spared =
        run.folder.files + (run.initialModel.map { [$0.path] } ?? []) + arguments.model.outputs.map(\.path)
      let history = resumed == nil ? nil : trainer.state.history
      reports.append(try arguments.report.makeLog(log, sparing: spared, of: run, history: history))
    }
    try reports[0].start(run)
    try files.begin(trainer.state)
    let showsProgress = run.epochs > 0 && arguments.report.showsProgress
    var bar = showsProgress ? ProgressBar(epochs: run.epochs, examples: run.split.training.count) : nil
    let summary = try trainer.train(epochs: run.epochs, patience: run.patience) { record, isBest in
      bar?.clear()
      for report in reports { try report.epoch(record, isBest: isBest) }
    } keep: { state, isBest in
      try files.keep(state, isBest: isBest)
    } shouldContinue: { progress in
      bar?.show(epoch: progress.epoch, examplesSeen: progress.examplesSeen)
      return StopSignal.received == nil
    }
    bar?.clear()
    try files.end(trainer.state, summary)
    for report in reports { try report.end(summary) }
    try conclude(summary, run, arguments)
  }

  private func conclude(_ summary: RunSummary, _ run: RunDescription, _ arguments: TrainArguments) throws {
    switch summary.status {
    case .completed, .outOfPatience: break
    case .interrupted: throw Failure(signal: StopSignal.received ?? SIGINT)
    case .diverged(let divergence):
      let place = divergence.miniBatch.map { "at mini-batch \($0)" } ?? "at its end"
      throw Failure(
        .diverged,
        "training diverged in epoch \(divergence.epoch), \(place): a cost or weight is no longer finite; "
          + "choose a --learning-rate below \(Formatting.plain(run.hyperparameters.learningRate))")
    }
    if let required = arguments.report.requireAccuracy, let test = summary.last?.test, test.accuracy < required {
      throw Failure(
        .accuracyNotReached,
        "--require-accuracy \(Formatting.plain(required)): \(test.correctCount) of \(test.count) test images are right, "
          + "\(Formatting.percentage(test.accuracy)); train longer or ask for less")
    }
  }
}

extension RunDescription {
  /// The training before its first mini-batch.
  fileprivate func initialState<Scalar: BLASScalar>() -> TrainingState<Scalar> {
    let seed = hyperparameters.seed
    var generator = Xoshiro256StarStar(seed: seed, stream: .weights)
    let network =
      initialModel?.model.network(Scalar.self)
      ?? Network(sizes: sizes, initialization: initialization, using: &generator)
    return TrainingState(
      network: network, weightsGenerator: generator, orderGenerator: Xoshiro256StarStar(seed: seed, stream: .order))
  }
}
