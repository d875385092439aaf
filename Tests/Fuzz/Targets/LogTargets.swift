import Datasets
import Experiments
import Files

@testable import NettrainCommands
@testable import Training

extension FuzzTarget {
  /// The log of a run, as 'summarize' and 'plot' read it, and 'resume' before it goes on.
  func readLog(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    let path = try scratch.write(input, as: "input")
    for format in [RecordFormat.json, .csv] {
      let kept = try LogContinuation(of: ReadableFile(path), format, knownRun, [])
      require(kept.map { $0.byteCount <= input.count } ?? true, "more is kept than there is")
    }
    let run: LoggedRun
    do {
      run = try LoggedRun(readingFrom: path, keeping: Metric.allCases)
    } catch let fault as LoggedRun.Fault {
      throw Failure(.malformedData, "\(fault)")
    }
    require(run.figures.values.allSatisfy { $0.count == run.result.epochs.count }, "an epoch has no figure")
    let variants = LoggedVariants([(path: path, run: run), (path: path, run: run)])
    let comparison = variants.flatMap { LoggedComparison($0) }
    require(comparison?.plan.runs.count == 1, "two logs of a run are not one run")
    let accuracy = run.result.testAccuracy.map { "\($0)" } ?? "null"
    return "\(run.result.epochs.count) \(accuracy)"
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
