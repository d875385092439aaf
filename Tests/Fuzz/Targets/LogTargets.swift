import Datasets
import Experiments
import Files

@testable import NettrainCommands
@testable import Training

extension FuzzTarget {
  /// Two logs with a zero byte between them, or one, as 'summarize' and 'plot' read them, and 'resume' before it goes on.
  func readLog(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    let logs = try input.split(separator: 0, maxSplits: 1).enumerated().map { index, log in
      let path = try scratch.write(log, as: "\(index).jsonl")
      for format in [RecordFormat.json, .csv] {
        let kept = try LogContinuation(of: ReadableFile(path), format, knownRun, [])
        require(kept.map { $0.byteCount <= log.count } ?? true, "more is kept than there is")
      }
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
    var lineCount = 0
    if let comparison = LoggedComparison(variants) {
      for target in [nil, 0.5] {
        let text = ComparisonText(
          comparison: Comparison(comparison.plan, comparison.results, reference: nil, target: target),
          plan: comparison.plan, counts: comparison.counts, target: target, grids: nil)
        lineCount += ComparisonFormat.allCases.reduce(0) { $0 + $1.lines(of: text).count }
        let page = ComparisonPage(text: text, results: comparison.results, origin: ComparisonOrigin(of: comparison))
        require(!page.encoded().isEmpty, "a page has no text")
      }
    }
    lineCount += drawnLines(of: variants)
    return "\(logs.count) \(logs[0].run.result.epochs.count) \(lineCount)"
  }

  /// The lines of the curves of all figures, on either scale.
  private func drawnLines(of variants: LoggedVariants) -> Int {
    let runs = variants.entries.map { entry in entry.runs.sorted { $0.key < $1.key }.map(\.value) }
    return Metric.allCases.reduce(0) { count, metric in
      let panel = CurveChart.Panel(metric: metric, curves: runs.map { LearningCurve(of: metric, over: $0, from: 1) })
      guard panel.curves.contains(where: { !$0.points.isEmpty }) else { return count }
      return [false, true].reduce(count) { count, isLogarithmic in
        let points = panel.curves.flatMap(\.points)
        guard !isLogarithmic || points.contains(where: { CurveChart.hasLogarithm($0.mean) }) else { return count }
        return CurveChart.Time.allCases.reduce(count) { count, time in
          let chart = CurveChart(
            title: nil, names: variants.entries.map(\.variant.name), runCounts: runs.map(\.count), panels: [panel],
            time: time, isLogarithmic: isLogarithmic)
          return count + CurveText(chart: chart, width: 80).lines.count + CurvePicture(chart: chart).commands.count
        }
      }
    }
  }

  /// The plan of a comparison, as 'summarize' reads it.
  func readPlan(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    _ = try scratch.write(input, as: "plan.json")
    guard let plan = ComparisonFolder(path: scratch.folder).plan else {
      throw Failure(.malformedData, "there is no plan")
    }
    return "\(plan.variants.count) \(plan.seeds.count)"
  }
}

/// The run whose log is continued: it has three training examples.
private let knownRun: Run = {
  let examples = Examples(of: Dataset(pixels: [1, 2, 3, 4], rows: 1, columns: 1, labels: [0, 1, 0, 1]))
  var configuration = TrainingConfiguration(learningRate: 0.1)
  configuration.limit = 4
  return Run(
    configuration: configuration,
    data: TrainingData(training: examples, validation: nil, test: examples, classCount: 2),
    dataFiles: [], usesBundledDigits: false)
}()
