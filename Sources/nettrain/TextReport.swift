import Datasets
import LinearAlgebra
import NeuralNetwork
import Training

/// A table for people.
struct TextReport: RunReport {
  let writer: LineWriter
  /// Whether the best epochs are coloured.
  let usesColor: Bool
  /// Whether there are columns for slope and saturation.
  let showsSaturation: Bool

  func start(_ run: RunDescription) throws {
    let (data, rates) = (run.folder, run.hyperparameters)
    let (count, number) = (Formatting.grouped, Formatting.plain)
    let examples =
      "\(count(run.split.training.count)) to train, \(count(run.split.validation?.count ?? 0)) to validate, "
      + "\(count(data.test.count)) to test"
    let origin = run.usesBundledDigits ? "bundled digits" : data.path
    let threads = run.threads == 1 ? "1 thread" : "\(run.threads) threads"
    try writer.write(
      """
      data      \(origin): images of \(data.training.imageSize) pixels in \(data.classCount) classes
      examples  \(examples)
      network   \(run.sizes), \(count(run.parameterCount)) parameters, \(weights(run))
      output    \(run.objective.output)\(scale(run)), \(costName(run)) cost\(smoothing(rates))
      training  learning rate \(number(rates.learningRate)), batches of \(rates.batchSize), l2 \(number(rates.l2)), \
      seed \(rates.seed)\(rates.shuffles ? "" : ", in file order")\(run.patience.map { ", patience \($0)" } ?? "")
      computing \(run.precision) precision, \(run.blas) kernel, \(threads)
      inputs    \(inputs(run))

                   training             validation                test
      epoch       cost  accuracy       cost  accuracy       cost  accuracy    seconds\(showsSaturation ? "  mean slope  saturated" : "")
      """)
  }

  func epoch(_ record: EpochRecord, isBest: Bool) throws {
    let isMarked = isBest && record.validation != nil
    let validation = figures(record.validation)
    let line =
      Formatting.right("\(record.epoch)", 5) + figures(record.training)
      + (isMarked && usesColor ? "\u{1B}[1;32m\(validation) *\u{1B}[0m" : validation + (isMarked ? " *" : "  "))
      + figures(record.test).dropFirst(2)
      + Formatting.right(record.seconds.map { Formatting.fixed($0, decimals: 3) } ?? "-", 11)
      + (showsSaturation ? saturation(record.saturation) : "")
    try writer.write(line)
  }

  func end(_ summary: RunSummary) throws {
    let cut =
      switch summary.status {
      case .completed: ""
      case .outOfPatience: "out of patience after "
      case .interrupted: "interrupted after "
      case .diverged: "diverged after "
      }
    let count = summary.last?.epoch ?? 0
    var line = "\n\(cut)\(count) \(count == 1 ? "epoch" : "epochs")"
    line += " in \(Formatting.duration(seconds: summary.seconds))"
    guard let last = summary.last, let best = summary.best else { return try writer.write(line + ".") }
    line += ": test \(Formatting.percentage(last.test.accuracy))"
    if let validation = best.validation {
      line += "; best epoch \(best.epoch): test \(Formatting.percentage(best.test.accuracy))"
      line += ", validation \(Formatting.percentage(validation.accuracy))"
    }
    try writer.write(line + ".")
  }

  /// Cost and accuracy in columns, 22 characters wide.
  private func figures(_ evaluation: Evaluation?) -> String {
    let cost = evaluation.map { Formatting.cost($0.cost) } ?? "-"
    let accuracy = evaluation.map { Formatting.percentage($0.accuracy) } ?? "-"
    return Formatting.right(cost, 11) + Formatting.right(accuracy, 10)
  }

  private func saturation(_ saturation: Saturation?) -> String {
    Formatting.right(saturation.map { Formatting.fixed($0.meanSlope, decimals: 6) } ?? "-", 12)
      + Formatting.right(saturation.map { Formatting.percentage($0.saturatedShare) } ?? "-", 11)
  }

  private func inputs(_ run: RunDescription) -> String {
    let instructions = run.kernel == .sparse ? " for \(VectorInstructions.name)" : ""
    return
      "\(run.kernel) kernel\(instructions), \(Formatting.fixed(100 * run.density, decimals: 0)) % of the pixels are not 0"
  }

  private func weights(_ run: RunDescription) -> String {
    if let model = run.initialModel { return "weights of \(model.path)" }
    return run.initialModelHash == nil ? "\(run.initialization) weights" : "weights of a model"
  }

  private func scale(_ run: RunDescription) -> String {
    run.objective.softmaxScale == 1 ? "" : " of \(Formatting.plain(run.objective.softmaxScale))·z"
  }

  private func costName(_ run: RunDescription) -> String {
    run.objective.output == .softmax && run.objective.cost == .crossEntropy
      ? "cross-entropy (log-likelihood)" : run.objective.cost.rawValue
  }

  private func smoothing(_ rates: Hyperparameters) -> String {
    rates.labelSmoothing == 0 ? "" : ", labels smoothed by \(Formatting.plain(rates.labelSmoothing))"
  }
}
