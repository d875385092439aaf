import Experiments
import Files
import Glibc

/// Learning curves for the terminal: a panel for each figure, drawn with a letter for each variant, and its last value.
struct CurveText {
  let chart: CurveChart
  /// The width in columns.
  let width: Int

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

  /// The lines of all panels.
  var lines: [String] {
    let panels = chart.panels.map(lines(of:)).joined(separator: [""])
    return (chart.title.map { Formatting.wrapped($0.shown(limit: width), width: width) + [""] } ?? []) + panels
  }

  private func lines(of panel: CurveChart.Panel) -> [String] {
    let range = chart.yRange(panel, withBands: false)
    // The plot is even; a logarithmic axis has the logarithms on it.
    func height(_ value: Double) -> Double { chart.isLogarithmic ? log10(value) : value }
    let plot = TerminalPlot(
      curves: zip(Self.letters, panel.curves).map { letter, curve in
        (letter, chart.marks(curve, panel.metric).map { ($0.x, height($0.y)) })
      },
      x: .init(range: chart.xRange, ticks: chart.xTicks(count: max(1, width / 12))),
      y: .init(
        range: height(range.lowerBound)...height(range.upperBound),
        ticks: chart.yTicks(in: range, count: 8).map { (height($0.value), $0.label) }),
      width: width, rows: chart.panels.count == 1 ? 17 : 13)
    let label = panel.metric.label + (chart.isLogarithmic ? ", logarithmic" : "")
    let space = max(0, (width + chart.xLabel.count) / 2)
    return [label] + plot.lines + [Formatting.right(chart.xLabel, space)] + legend(of: panel)
      + (plot.lines.contains { $0.contains("*") } ? ["*  several"] : [])
  }

  /// The last value of each variant. Epoch and seeds stand above, if they are the same for all.
  private func legend(of panel: CurveChart.Panel) -> [String] {
    func end(_ point: LearningCurve.Point) -> String {
      "at epoch \(point.epoch), \(point.count == 1 ? "1 seed" : "\(point.count) seeds")"
    }
    let ends = panel.curves.map { $0.points.last.map(end) }
    let isSame = Set(ends).count == 1
    let lines = panel.curves.indices.flatMap { index in
      let title = "\(Self.letters[index])  \(chart.names[index].shown(limit: max(8, width - 5))):"
      guard let last = panel.curves[index].points.last else { return indented("\(title) no value") }
      let value = panel.metric.text(last.mean, last.deviation)
      return indented("\(title) \(value)" + (isSame ? "" : " \(end(last))"))
    }
    return (isSame ? ends.prefix(1).compactMap { $0.map { $0 + ":" } } : []) + lines
  }

  /// A text in lines, of which all but the first are indented.
  private func indented(_ text: String) -> [String] {
    if text.count <= width { return [text] }
    let lines = Formatting.wrapped(text, width: width - 3)
    return lines.prefix(1) + lines.dropFirst().map { "   " + $0 }
  }
}
