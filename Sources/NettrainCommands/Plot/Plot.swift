import ArgumentParser
import Experiments
import Files

/// `nettrain plot`: learning curves from the logs of runs.
struct Plot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw learning curves from the logs of runs.",
    discussion: """
      Runs that differ in the seed alone are a variant, and each variant is a curve: the mean over its seeds. A picture has \
      a band of a standard deviation on either side. Without --picture the curves are drawn in the terminal.

      The logs are in JSON Lines, those of 'nettrain train --log' or 'nettrain compare --out'. A log that is damaged or \
      unfinished, one of other data than the first, and a second log of the same run are left out and named.

      For example, cost and accuracy of the runs of a folder, from the fifth epoch on, and as a picture:

        nettrain plot logs --y test-cost,test-accuracy --from-epoch 5
        nettrain plot logs --y test-cost,test-accuracy --picture curves.svg

      Exit status: 0 done, 1 something is left out, 64 wrong usage, 65 no log has such epochs, 66 a file is missing, 69 \
      gnuplot is missing, 71 there is not enough memory, 73 a file cannot be created, 74 a write failed.
      """, version: Nettrain.version)

  @Argument(
    help: ArgumentHelp("Logs, or folders of logs whose names end in .jsonl.", valueName: "log"), completion: .file(),
    transform: Parse.name)
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "The figures to draw, each in a panel: one or more of \(Self.metricNames), with commas between them. "
        + "(default: test-accuracy)",
      valueName: "list"),
    completion: .list(Metric.allCases.map(\.option)), transform: Parse.metrics)
  var y: [Metric] = [.testAccuracy]

  @Option(help: ArgumentHelp("The x axis: epochs, or the seconds of training up to them.", valueName: "axis"))
  var x = CurveChart.Time.epoch

  @Flag(help: "Make the y axis logarithmic.")
  var logScale = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Leave out the epochs before this one.", valueName: "n"),
    transform: Parse.positiveCount)
  var fromEpoch = 1

  @Option(help: ArgumentHelp("A title above the curves.", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "Draw the curves to a file that ends in .svg, .png or .pdf, with gnuplot.", valueName: "file"),
    completion: .file(), transform: Parse.name)
  var picture: String?

  @Option(
    help: ArgumentHelp(
      "Write the points of the curves to a file as CSV; - for standard output, instead of the drawing.",
      valueName: "file"),
    completion: .file(), transform: Parse.name)
  var data: String?

  @Flag(help: "Replace files that are not pictures or points of nettrain.")
  var force = false

  fileprivate static var metricNames: String { Metric.allCases.map(\.option).joined(separator: ", ") }

  func validate() throws {
    if let data, data == picture { throw ValidationError("--picture and --data: give each a file of its own") }
  }

  func run() throws {
    let paths = try LogPaths(paths)
    let gnuplot = try picture.map { _ in try Gnuplot(for: "--picture") }
    let table = data == "-" ? nil : data.map { OutputFile($0, option: "--data", kind: "a table", force: force) }
    try table?.check(sparing: paths.inputs, isForeign: CurveChart.isForeign)
    let taken = paths.inputs + (table.map { [$0.path] } ?? [])
    let file = try picture.map { try PictureFile($0, option: "--picture", force: force, sparing: taken) }
    let logs = try LogFiles(paths, keeping: y)
    LineWriter.writeToStandardError(notes: logs.variants.notes + notes(on: logs.variants))
    let chart = try chart(of: logs.variants)
    if picture != nil || data != "-" { try check(chart) }
    try table?.write(chart.table.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] })
    if let gnuplot, let file {
      let drawing = CurvePicture(chart: chart)
      try file.write(gnuplot.draw(drawing.commands, as: file.kind, size: drawing.size))
    }
    if data == "-" {
      for line in chart.table { try LineWriter.standardOutput.write(line) }
    } else if picture == nil {
      for line in CurveText(chart: chart, width: Terminal.outputWidth).lines {
        try LineWriter.standardOutput.write(line)
      }
    }
    // The notes have said what is left out.
    if logs.variants.isIncomplete || logs.hasFaults { throw Failure(leftOut: ()) }
  }

  private func chart(of logged: LoggedVariants) throws -> CurveChart {
    let runs = logged.entries.map { entry in entry.runs.sorted { $0.key < $1.key }.map(\.value) }
    let last = runs.joined().map(\.result.epochs.count).max() ?? 0
    guard last > 0 else {
      throw Failure(.malformedData, "these runs have no epochs; give logs of runs with one or more")
    }
    guard fromEpoch <= last else {
      throw Failure(.usage, "--from-epoch \(fromEpoch): the last epoch of these runs is \(last); give a smaller number")
    }
    let panels = y.map { metric in
      CurveChart.Panel(metric: metric, curves: runs.map { LearningCurve(of: metric, over: $0, from: fromEpoch) })
    }
    if let empty = panels.first(where: { $0.curves.allSatisfy(\.points.isEmpty) }) {
      throw Failure(
        .malformedData, "--y \(empty.metric.option): no epoch of these runs has this figure; choose another one")
    }
    return CurveChart(
      title: title, names: logged.entries.map(\.variant.name), runCounts: runs.map(\.count), panels: panels, time: x,
      isLogarithmic: logScale)
  }

  /// Checks that all curves can be drawn.
  private func check(_ chart: CurveChart) throws {
    guard chart.names.count <= CurvePicture.greatestCount else {
      throw Failure(
        .usage,
        "these logs have \(chart.names.count) variants, and only \(CurvePicture.greatestCount) kinds of lines can be told "
          + "apart; give fewer logs, or write the points with --data -")
    }
    guard logScale else { return }
    for panel in chart.panels {
      let points = panel.curves.flatMap(\.points)
      let count = points.count { !CurveChart.hasLogarithm($0.mean) }
      guard count < points.count else {
        throw Failure(
          .usage, "--log-scale: no \(panel.metric.option) is above 0; leave --log-scale out, or choose another --y")
      }
      guard count > 0 else { continue }
      LineWriter.writeToStandardError(
        notes: ["--log-scale: points of \(panel.metric.option) that are 0 are left out: \(count) of \(points.count)"])
    }
  }

  /// Notes on variants whose curves are over fewer runs in the end.
  private func notes(on logged: LoggedVariants) -> [String] {
    logged.entries.compactMap { variant, runs in
      let diverged = runs.values.count { $0.result.isDiverged }
      guard diverged > 0 else { return nil }
      return "\(variant.name.shown): \(diverged) of \(runs.count) \(runs.count == 1 ? "run" : "runs") diverged; "
        + (diverged == runs.count
          ? "the curve ends there" : "from there on the curve is the mean over the other runs")
    }
  }
}

extension CurveChart.Time: ExpressibleByArgument {}
