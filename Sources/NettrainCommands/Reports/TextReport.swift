import LinearAlgebra
import NeuralNetwork
import Training

/// The table of a run for people.
struct TextReport: RunReport {
  private let writer: LineWriter
  private let usesColor: Bool
  private let width: Int
  private let table: TextTable<Row>

  private typealias Row = (record: EpochRecord, isMarked: Bool)

  /// A report for a terminal.
  /// - Parameters:
  ///   - writer: Standard output.
  ///   - usesColor: Whether the best epochs are coloured.
  ///   - showsSaturation: Whether there are columns for slope and saturation, in place of others.
  ///   - width: The width of the terminal.
  init(writer: LineWriter, usesColor: Bool, showsSaturation: Bool, width: Int) {
    self.writer = writer
    self.usesColor = usesColor
    self.width = width
    var columns: [TextTable<Row>.Column] = [
      .init(title: "epoch", width: 5) { "\($0.record.epoch)" },
      .init(group: "training", title: "cost", width: 11, rank: 4) { cost($0.record.training) },
      .init(group: "training", title: "accuracy", width: 10, rank: 2) { accuracy($0.record.training) },
      .init(group: "validation", title: "cost", width: 11, rank: 3) { cost($0.record.validation) },
      .init(group: "validation", title: "accuracy", width: 10) { accuracy($0.record.validation) },
      .init(title: "", width: 2) { $0.isMarked ? "*" : "" },
      .init(group: "test", title: "cost", width: 9, rank: 5) { cost($0.record.test) },
      .init(group: "test", title: "accuracy", width: 10) { accuracy($0.record.test) },
      .init(title: "seconds", width: 11, rank: 6) { row in
        row.record.seconds.map { Formatting.fixed($0, decimals: 3) } ?? "-"
      },
    ]
    if showsSaturation {
      columns += [
        .init(group: "outputs", title: "slope", width: 9, rank: 1) { row in
          row.record.saturation.map { Formatting.fixed($0.meanSlope, decimals: 5) } ?? "-"
        },
        .init(group: "outputs", title: "saturated", width: 11) { row in
          row.record.saturation.map { Formatting.percentage($0.saturatedShare) } ?? "-"
        },
      ]
    }
    table = TextTable(columns, width: width)
  }

  func start(_ run: Run) throws {
    for (name, text) in RunHeader(run).lines {
      let lines = Formatting.wrapped(text, width: width - 10)
      for (index, line) in lines.enumerated() {
        try writer.write(Formatting.left(index == 0 ? name : "", 10) + line)
      }
    }
    try writer.write("\n" + table.header)
  }

  func epoch(_ record: EpochRecord, isBest: Bool) throws {
    let isMarked = isBest && record.validation != nil
    try writer.write(
      table.line((record, isMarked)) { cell, group in
        isMarked && usesColor && group == "validation" ? "\u{1B}[1;32m\(cell)\u{1B}[0m" : cell
      })
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
    if let test = summary.last?.test, !test.accuracy.isNaN {
      line += ": test \(Formatting.percentage(test.accuracy))"
    }
    if let best = summary.best, let test = best.test, let validation = best.validation {
      line += "; best epoch \(best.epoch): test \(Formatting.percentage(test.accuracy))"
      line += ", validation \(Formatting.percentage(validation.accuracy))"
    }
    try writer.write(line + ".")
  }
}

private func cost(_ evaluation: Evaluation?) -> String { evaluation.map { Formatting.cost($0.cost) } ?? "-" }

private func accuracy(_ evaluation: Evaluation?) -> String {
  evaluation.map { $0.accuracy.isNaN ? "-" : Formatting.percentage($0.accuracy) } ?? "-"
}
