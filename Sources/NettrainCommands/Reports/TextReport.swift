import LinearAlgebra
import NeuralNetwork
import Training

/// The table of a run for people.
struct TextReport: RunReport {
  let writer: LineWriter
  /// Whether the best epochs are coloured.
  let usesColor: Bool
  /// Whether there are columns for slope and saturation.
  let showsSaturation: Bool

  func start(_ run: Run) throws {
    for (name, text) in RunHeader(run).lines { try writer.write(Formatting.left(name, 10) + text) }
    try writer.write(
      """

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
    if let last = summary.last, !last.test.accuracy.isNaN {
      line += ": test \(Formatting.percentage(last.test.accuracy))"
    }
    if let best = summary.best, let validation = best.validation {
      line += "; best epoch \(best.epoch): test \(Formatting.percentage(best.test.accuracy))"
      line += ", validation \(Formatting.percentage(validation.accuracy))"
    }
    try writer.write(line + ".")
  }

  /// Cost and accuracy in columns, 22 characters wide.
  private func figures(_ evaluation: Evaluation?) -> String {
    let cost = evaluation.map { Formatting.cost($0.cost) } ?? "-"
    let accuracy = evaluation.map { $0.accuracy.isNaN ? "-" : Formatting.percentage($0.accuracy) } ?? "-"
    return Formatting.right(cost, 11) + Formatting.right(accuracy, 10)
  }

  private func saturation(_ saturation: Saturation?) -> String {
    Formatting.right(saturation.map { Formatting.fixed($0.meanSlope, decimals: 6) } ?? "-", 12)
      + Formatting.right(saturation.map { Formatting.percentage($0.saturatedShare) } ?? "-", 11)
  }
}
