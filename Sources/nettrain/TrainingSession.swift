import Datasets
import Glibc
import LinearAlgebra
import NeuralNetwork
import Training

/// A training with all that the user sees of it, from the options to the exit status.
struct TrainingSession {
  let arguments: TrainArguments

  /// Trains, and throws what the exit status is to be, unless that is 0.
  func run() throws {
    let run = try arguments.prepare()
    if !arguments.report.quiet {
      for note in arguments.notes(on: run) { LineWriter.writeToStandardError("nettrain: note: \(note)") }
    }
    StopSignal.listen()
    switch run.precision {
    case .double: try train(Double.self, run)
    case .single: try train(Float.self, run)
    }
  }

  private func train<Scalar: BLASScalar>(_: Scalar.Type, _ run: RunDescription) throws {
    let network = Network<Scalar>(
      sizes: run.sizes, initialization: run.initialization, seed: run.hyperparameters.seed)
    var trainer = Trainer(
      network, objective: run.objective, hyperparameters: run.hyperparameters, split: run.split,
      test: Examples(of: run.folder.test), measuresSaturation: arguments.report.saturation,
      kernel: run.kernel)
    let reports = try arguments.report.makeReports(inputs: run.folder.files)
    for report in reports { try report.start(run) }
    let showsProgress = run.epochs > 0 && arguments.report.showsProgress
    var bar = showsProgress ? ProgressBar(epochs: run.epochs, examples: run.split.training.count) : nil
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

  private func conclude(_ summary: RunSummary, _ run: RunDescription) throws {
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
