import Experiments
import Files

@testable import Datasets
@testable import NettrainCommands
@testable import Training

extension FuzzTarget {
  /// Two logs with a zero byte between them, or one, as 'summarize' and 'plot' read them, and 'resume' before it goes on;
  /// for this, half of them get the first line of a known run.
  func readLog(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    let logs = try input.split(separator: 0, maxSplits: 1).enumerated().map { index, log in
      let path = try scratch.write(log, as: "\(index).jsonl")
      let (format, start) =
        try input.count.isMultiple(of: 2)
        ? (RecordFormat.json, Record.start(knownRun.get()).json) : (.csv, knownRow.csvHeader)
      try keep(input.count % 4 < 2 ? Array(log) : Array(start.utf8) + log.drop { $0 != newline }, format, scratch)
      do {
        return (path: path, run: try LoggedRun(readingFrom: path, keeping: Metric.allCases))
      } catch let fault as LoggedRun.Fault {
        throw Failure(.malformedData, "\(fault)")
      }
    }
    guard let variants = LoggedVariants(logs) else { throw Failure(.malformedData, "there is no log") }
    for (_, run) in logs {
      require(run.figures.values.allSatisfy { $0.count == run.result.epochs.count }, "an epoch has no figure")
    }
    if let comparison = LoggedComparison(variants) {
      let target = input.count.isMultiple(of: 2) ? 0.5 : nil
      let text = ComparisonText(
        comparison: Comparison(comparison.plan, comparison.results, reference: nil, target: target),
        plan: comparison.plan, counts: comparison.counts, target: target, grids: nil)
      require(ComparisonFormat.allCases.allSatisfy { !$0.lines(of: text).isEmpty }, "a table has no lines")
    }
    // One figure of each input, or it would take too long.
    draw(variants, Metric.allCases[input.count % Metric.allCases.count])
    return "\(logs.count) \(logs[0].run.result.epochs.count)"
  }

  /// Checks the part of a log that 'resume' keeps: whole lines, the start and the known epoch.
  private func keep(_ log: [UInt8], _ format: RecordFormat, _ scratch: Scratch) throws {
    let file = try ReadableFile(scratch.write(log, as: "kept"))
    guard let kept = try LogContinuation(of: file, format, knownRun.get(), [knownEpoch]) else { return }
    require(kept.epochs <= 1 && (kept.hasStart || kept.epochs == 0), "an epoch is kept that is not known")
    let lines = log[..<kept.byteCount].split(separator: newline, omittingEmptySubsequences: false)
    require(lines.last == [] && lines.count == kept.epochs + (kept.hasStart ? 2 : 1), "no whole lines are kept")
  }

  /// Draws the curves of a figure, on either scale and over epochs and seconds.
  private func draw(_ variants: LoggedVariants, _ metric: Metric) {
    let runs = variants.entries.map { entry in entry.runs.sorted { $0.key < $1.key }.map(\.value) }
    let panel = CurveChart.Panel(metric: metric, curves: runs.map { LearningCurve(of: metric, over: $0, from: 1) })
    let points = panel.curves.flatMap(\.points)
    for isLogarithmic in [false, true] {
      guard points.contains(where: { !isLogarithmic || CurveChart.hasLogarithm($0.mean) }) else { continue }
      for time in CurveChart.Time.allCases {
        let chart = CurveChart(
          title: nil, names: variants.entries.map(\.variant.name), runCounts: runs.map(\.count), panels: [panel],
          time: time, isLogarithmic: isLogarithmic)
        require(!CurveText(chart: chart, width: 80).lines.isEmpty, "a drawing has no lines")
        require(!CurvePicture(chart: chart).commands.isEmpty, "a picture has no lines")
      }
    }
  }

  /// The plan of a comparison, as 'summarize' reads it.
  func readPlan(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    _ = try scratch.write(input, as: "plan.json")
    guard let plan = try ComparisonFolder(path: scratch.folder).plan() else {
      throw Failure(.malformedData, "there is no plan")
    }
    return "\(plan.variants.count) \(plan.seeds.count)"
  }
}

private let newline = UInt8(ascii: "\n")

/// The epoch that is known of the run whose log is continued.
private let knownEpoch = EpochRecord(
  epoch: 1, learningRate: 0.1, training: nil, validation: nil, test: nil, penalty: 0, seconds: nil,
  evaluationSeconds: nil, saturation: nil)

private let knownRow = Record.epoch(knownEpoch, withSaturation: false)

/// The run whose log is continued.
private let knownRun = Result {
  let examples = Dataset(pixels: [1, 2, 3, 4], rows: 1, columns: 1, labels: [0, 1, 0, 1])
  let folder = DataFolder(
    path: "data", training: examples, test: examples, files: [], sha256: ["test_images": "ab"], firstLabel: 0,
    differingCopies: [])
  var configuration = TrainingConfiguration(learningRate: 0.1)
  (configuration.limit, configuration.validation) = (3, 1)
  return Run(
    configuration: configuration, data: try TrainingData(folder, configuration.dataChoices), dataFiles: [],
    usesBundledDigits: false)
}
