import Experiments

/// Curves by epoch as a picture in SVG, which fits any width: its text keeps its size.
struct CurveFigure {
  /// A curve of a variant.
  struct Line {
    /// The index of the variant, which says how the line looks.
    var variant: Int
    var name: String
    var runCount: Int
    var curve: LearningCurve
  }

  /// The name of the figure, such as "Test accuracy".
  let title: String
  /// The curves; those without a point are left out.
  let lines: [Line]
  /// True for shares, which are shown in per cent.
  let areShares: Bool

  private let epochs: CurveScale
  private let figures: CurveScale

  /// The picture of some curves; `nil` if none has a point.
  init?(_ title: String, _ lines: [Line], areShares: Bool) {
    let points = lines.flatMap(\.curve.points)
    guard !points.isEmpty else { return nil }
    (self.title, self.lines, self.areShares) = (title, lines.filter { !$0.curve.points.isEmpty }, areShares)
    epochs = CurveScale([1] + points.map { Double($0.epoch) }, count: 5, limits: 1...Double.infinity, isWhole: true)
    let factor = areShares ? 100.0 : 1
    let ends = points.flatMap { point in
      [point.mean - (point.deviation ?? 0), point.mean + (point.deviation ?? 0)].map { $0 * factor }
    }
    figures = CurveScale(ends, count: 5, limits: 0...(areShares ? 100 : .infinity))
  }

  /// The number of lines that can be told apart: five colours, each with four kinds of dashes.
  static let styleCount = 20

  /// The classes of a variant's line, which no other has, or those of the lines beyond that number.
  static func style(_ variant: Int) -> String {
    variant < styleCount ? "colour\(variant % 5) dashes\(variant / 5)" : "grey"
  }

  /// The picture.
  var svg: String {
    """
    <svg class="plot" role="img" aria-label="\(HTML.text(description))">
    \(grid.joined(separator: "\n"))
    <svg width="100%" height="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
    \((lines.map(band) + lines.map(path)).filter { !$0.isEmpty }.joined(separator: "\n"))
    </svg>
    \((lines.flatMap(marks) + strips).joined(separator: "\n"))
    </svg>
    """
  }

  private var description: String {
    let ends = lines.compactMap { line in
      line.curve.points.last.map { "\(line.name) \(shown($0.mean)) in epoch \($0.epoch)" }
    }
    return "\(title) by epoch, mean over seeds. At the end: \(ends.joined(separator: ", "))."
  }

  private func shown(_ figure: Double) -> String {
    areShares ? Formatting.percentage(figure) : Formatting.significant(figure)
  }

  /// The horizontal place of an epoch and the vertical one of a figure, from the upper left corner.
  private func x(_ epoch: Int) -> Double { epochs.place(Double(epoch)) }

  private func y(_ figure: Double) -> Double {
    1 - min(1, max(0, figures.place(figure * (areShares ? 100 : 1))))
  }

  private func percent(_ place: Double) -> String { Formatting.fixed(100 * place, decimals: 2) + "%" }

  private func coordinates(_ epoch: Int, _ figure: Double) -> String {
    "\(Formatting.fixed(1000 * x(epoch), decimals: 1)),\(Formatting.fixed(1000 * y(figure), decimals: 1))"
  }

  /// The lines and the labels of the axes.
  private var grid: [String] {
    let rows = figures.ticks.map { tick in
      let place = percent(1 - figures.place(tick))
      let label = figures.label(tick) + (areShares ? " %" : "")
      return "<line class=\"grid\" x1=\"0\" y1=\"\(place)\" x2=\"100%\" y2=\"\(place)\"/>"
        + "<text class=\"left\" x=\"0\" y=\"\(place)\" dx=\"-8\" dy=\"0.35em\">\(label)</text>"
    }
    let columns = epochs.ticks.map { tick in
      "<text class=\"below\" x=\"\(percent(epochs.place(tick)))\" y=\"100%\" dy=\"1.5em\">"
        + "\(epochs.label(tick))</text>"
    }
    return rows + columns + ["<text class=\"below\" x=\"50%\" y=\"100%\" dy=\"2.8em\">epoch</text>"]
  }

  /// The range of one standard deviation above and below the mean.
  private func band(_ line: Line) -> String {
    // A band is divided where an epoch has a single run.
    let parts = line.curve.points.split { $0.band == nil }.filter { $0.count > 1 }
    return parts.map { points in
      let edge =
        points.map { coordinates($0.epoch, $0.band?.upperBound ?? $0.mean) }
        + points.reversed().map { coordinates($0.epoch, $0.band?.lowerBound ?? $0.mean) }
      let faint = lines.count > 5 ? " faint" : ""
      return "<polygon class=\"band\(faint) \(Self.style(line.variant))\" points=\"\(edge.joined(separator: " "))\"/>"
    }.joined(separator: "\n")
  }

  private func path(_ line: Line) -> String {
    guard line.curve.points.count > 1 else { return "" }
    let places = line.curve.points.map { coordinates($0.epoch, $0.mean) }.joined(separator: " ")
    return "<polyline class=\"curve \(Self.style(line.variant))\" points=\"\(places)\"/>"
  }

  /// The mark of a curve that is a single point, with its deviation.
  private func marks(_ line: Line) -> [String] {
    guard line.curve.points.count == 1, let index = lines.firstIndex(where: { $0.variant == line.variant }) else {
      return []
    }
    let point = line.curve.points[0]
    // Marks of equal epochs stand side by side.
    let side = 0.02 * Double(lines.count - 1) / 2
    let middle = min(max(x(point.epoch), side), 1 - side)
    let (place, style) = (percent(middle - side + 0.02 * Double(index)), Self.style(line.variant))
    let range = point.deviation.map { deviation in
      "<line class=\"curve \(style)\" x1=\"\(place)\" y1=\"\(percent(y(point.mean - deviation)))\" x2=\"\(place)\" "
        + "y2=\"\(percent(y(point.mean + deviation)))\"/>"
    }
    return [range ?? "", "<circle class=\"mark \(style)\" cx=\"\(place)\" cy=\"\(percent(y(point.mean)))\" r=\"5\"/>"]
  }

  /// The most strips that show values: more would be too narrow to be pointed at.
  private static let greatestStripCount = 200

  /// A strip for each epoch, or for some of many, that shows its values when one points at it.
  private var strips: [String] {
    let evaluated = Set(lines.flatMap { $0.curve.points.map(\.epoch) }).sorted()
    let stride = evaluated.count / Self.greatestStripCount + 1
    let shownEpochs = evaluated.indices.filter { $0 % stride == 0 || $0 == evaluated.count - 1 }.map { evaluated[$0] }
    let values = lines.map { line in Dictionary(uniqueKeysWithValues: line.curve.points.map { ($0.epoch, $0) }) }
    return shownEpochs.indices.map { index in
      let epoch = shownEpochs[index]
      let left = index == 0 ? 0 : (x(shownEpochs[index - 1]) + x(epoch)) / 2
      let right = index == shownEpochs.count - 1 ? 1 : (x(epoch) + x(shownEpochs[index + 1])) / 2
      let rows = zip(lines, values).compactMap { line, points in
        points[epoch].map { point in
          "\(line.name): \(shown(point.mean))\(point.deviation.map { " ± \(shown($0))" } ?? "")"
            + (point.count < line.runCount ? " (\(point.count) of \(line.runCount) runs)" : "")
        }
      }
      let title = (["Epoch \(epoch)"] + rows).map(HTML.text).joined(separator: "\n")
      return "<rect class=\"strip\" x=\"\(percent(left))\" y=\"0\" width=\"\(percent(right - left))\" height=\"100%\">"
        + "<title>\(title)</title></rect>"
    }
  }
}
