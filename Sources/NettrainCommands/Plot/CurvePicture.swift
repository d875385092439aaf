import Experiments
import Files

/// Learning curves as a picture: panels under each other, and a legend below them.
///
/// The colours are those of Okabe and Ito, which people with any kind of colour vision tell apart; yellow is left out, since
/// it is pale on white.
/// - Source: M. Okabe and K. Ito, Color Universal Design, 2008.
struct CurvePicture {
  let chart: CurveChart

  private static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]
  /// The patterns of lines as gnuplot writes them: whole, dashed, dotted.
  private static let dashes = ["1", "(12,5)", "(3,4)"]

  /// The number of variants whose lines can be told apart.
  static let greatestCount = colors.count * dashes.count

  private static let width = 900
  private static let (left, right) = (100, 24)
  private static let rowHeight = 22

  // Heights from the top: the title, the panels with space between them, the axis of x, the legend.
  private var top: Int { chart.title == nil ? 20 : 44 }
  private var panelHeight: Int { chart.panels.count == 1 ? 400 : 250 }
  private var gap: Int { 18 }
  private var axisHeight: Int { 64 }
  private var panelsHeight: Int { chart.panels.count * (panelHeight + gap) - gap }

  /// Width and height in pixels.
  var size: (width: Int, height: Int) {
    (Self.width, top + panelsHeight + axisHeight + legendRows * Self.rowHeight + 12)
  }

  /// The commands of gnuplot.
  var commands: String {
    let title =
      chart.title.map {
        "set label 100 \(Gnuplot.quoted($0.shown(limit: 110))) at screen 0.5, \(screenY(22)) center noenhanced\n"
      } ?? ""
    let panels = chart.panels.indices.map(panel).joined(separator: "\n")
    return """
      set multiplot
      unset key
      set border 3 linecolor '#555555'
      set tics nomirror out scale 0.5
      set grid linecolor '#e4e4e4' linetype 1
      \(title)\(panels)
      unset multiplot
      """
  }

  private func screenY(_ fromTop: Int) -> String { "screen \(1 - Double(fromTop) / Double(size.height))" }

  private func screenX(_ fromLeft: Int) -> String { "screen \(Double(fromLeft) / Double(size.width))" }

  private func panel(_ index: Int) -> String {
    let panel = chart.panels[index]
    let upper = top + index * (panelHeight + gap)
    let isLast = index == chart.panels.count - 1
    let (x, y) = (chart.xRange, chart.yRange(panel, withBands: true))
    let curves = panel.curves.indices.map { curve(of: panel, $0, in: index) }
    let plots = curves.flatMap(\.bands) + curves.flatMap(\.lines)
    return """
      \((curves.flatMap(\.blocks)).joined(separator: "\n"))
      set margins at \(screenX(Self.left)), \(screenX(size.width - Self.right)), \(screenY(upper + panelHeight)), \(screenY(upper))
      set xrange [\(x.lowerBound):\(x.upperBound)]
      set yrange [\(y.lowerBound):\(y.upperBound)]
      \(chart.isLogarithmic ? "set" : "unset") logscale y
      set xtics (\(list(chart.xTicks(count: 10), isLabelled: isLast)))
      set ytics (\(list(chart.yTicks(in: y, count: panelHeight / 35), isLabelled: true)))
      set label 101 '\(panel.metric.label)' at \(screenX(18)), graph 0.5 center rotate
      \(isLast ? "set label 102 '\(chart.xLabel)' at graph 0.5, \(screenY(upper + panelHeight + 46)) center\n\(legend)" : "")
      plot \(plots.joined(separator: ", \\\n  "))
      unset label 100
      """
  }

  private func list(_ ticks: [AxisTicks.Tick], isLabelled: Bool) -> String {
    ticks.map { "'\(isLabelled ? $0.label : "")' \($0.value)" }.joined(separator: ", ")
  }

  /// The data and plots of a curve: the parts of its band, and the line or, for a single point, the marker.
  private func curve(
    of panel: CurveChart.Panel, _ index: Int, in number: Int
  ) -> (blocks: [String], bands: [String], lines: [String]) {
    let marks = chart.marks(panel.curves[index], panel.metric)
    let range = chart.yRange(panel, withBands: true)
    let (name, color) = ("curve\(number)x\(index)", Self.colors[index % Self.colors.count])
    guard let first = marks.first else { return ([], [], []) }
    let title = "title \(Gnuplot.quoted(chart.names[index].shown)) noenhanced"
    guard marks.count > 1 else {
      let (low, high) = (first.band?.lowerBound ?? first.y, first.band?.upperBound ?? first.y)
      return (
        [Gnuplot.block(name, ["\(first.x) \(first.y) \(max(low, range.lowerBound)) \(high)"])], [],
        [
          "$\(name) using 1:2:3:4 with yerrorbars \(title) linecolor rgb '\(color)' linewidth 2 pointtype 7 pointsize 0.9"
        ]
      )
    }
    var blocks = [Gnuplot.block(name, marks.map { "\($0.x) \($0.y)" })]
    var bands: [String] = []
    // An empty line divides a band where an epoch has a single run.
    let rows = marks.map { mark in
      mark.band.map { "\(mark.x) \(max($0.lowerBound, range.lowerBound)) \(min($0.upperBound, range.upperBound))" }
        ?? ""
    }
    if rows.contains(where: { !$0.isEmpty }) {
      blocks.append(Gnuplot.block("band" + name, rows))
      bands.append(
        "$band\(name) using 1:2:3 with filledcurves notitle fillcolor rgb '\(color)' fillstyle transparent solid 0.15 noborder"
      )
    }
    return (blocks, bands, ["$\(name) using 1:2 with lines \(title) \(style(index))"])
  }

  private func style(_ index: Int) -> String {
    let dash = Self.dashes[index / Self.colors.count % Self.dashes.count]
    return "linecolor rgb '\(Self.colors[index % Self.colors.count])' linewidth 2 dashtype \(dash)"
  }
}

/// The legend: a sample and a name for each variant, in as many columns as fit, and a line about bands.
extension CurvePicture {
  /// The names, with the numbers of their runs if these differ.
  private var entries: [String] {
    let isEven = Set(chart.runCounts).count == 1
    return zip(chart.names, chart.runCounts).map { name, count in
      name.shown(limit: 90) + (isEven ? "" : count == 1 ? " (1 seed)" : " (\(count) seeds)")
    }
  }

  private var note: String? {
    guard let greatest = chart.runCounts.max(), greatest > 1 else { return nil }
    let isEven = Set(chart.runCounts).count == 1
    return "mean over \(isEven ? "\(greatest) " : "")seeds; band: ± one standard deviation"
  }

  /// The width of an entry in pixels. A character of the font is less than 8 pixels wide on average.
  private var entryWidth: Int { 60 + 8 * (entries.map(\.count).max() ?? 0) }

  private var legendColumns: Int {
    min(entries.count, max(1, (Self.width - Self.left - Self.right) / entryWidth))
  }

  private var entryRows: Int { (entries.count + legendColumns - 1) / legendColumns }

  fileprivate var legendRows: Int { entryRows + (note == nil ? 0 : 1) }

  /// The commands of the legend, for the last panel.
  fileprivate var legend: String {
    let start = top + panelsHeight + axisHeight + Self.rowHeight / 2
    var lines = entries.enumerated().flatMap { index, entry in
      let (x, y) = (
        Self.left + index / entryRows * entryWidth, screenY(start + index % entryRows * Self.rowHeight)
      )
      return [
        "set arrow from \(screenX(x)), \(y) to \(screenX(x + 34)), \(y) nohead \(style(index))",
        "set label \(Gnuplot.quoted(entry)) at \(screenX(x + 42)), \(y) left noenhanced",
      ]
    }
    if let note {
      lines.append(
        "set label '\(note)' at \(screenX(Self.left)), \(screenY(start + entryRows * Self.rowHeight)) left textcolor rgb '#555555'"
      )
    }
    return lines.joined(separator: "\n")
  }
}
