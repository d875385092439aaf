/// Curves drawn with letters, and axes with the labels of their ticks.
struct TerminalPlot {
  /// An axis: its ends and its labels, each beside its value.
  struct Axis {
    var range: ClosedRange<Double>
    var ticks: [AxisTicks.Tick]

    /// The cell of a value among cells from one end to the other.
    fileprivate func cell(of value: Double, among count: Int) -> Int {
      Int(((value - range.lowerBound) / (range.upperBound - range.lowerBound) * Double(count - 1)).rounded())
    }

    /// The value in the middle of a cell.
    fileprivate func value(ofCell cell: Int, among count: Int) -> Double {
      range.lowerBound + Double(cell) / Double(count - 1) * (range.upperBound - range.lowerBound)
    }
  }

  /// A letter, and points whose x grow.
  typealias Curve = (letter: Character, points: [(x: Double, y: Double)])

  let curves: [Curve]
  let x: Axis
  let y: Axis
  /// The columns of the whole, with the labels.
  let width: Int
  /// The rows of the curves alone.
  var rows = 13

  /// The columns that the labels of y take, with a space at either side.
  private var margin: Int { (y.ticks.map(\.label.count).max() ?? 0) + 2 }

  /// The columns of the curves alone.
  private var columns: Int { max(2, width - margin - 1) }

  /// The rows from the top, with the labels of y at the left and those of x below.
  var lines: [String] {
    var grid = Array(repeating: Array(repeating: Character(" "), count: columns), count: rows)
    for curve in curves {
      for (column, row) in cells(of: curve.points) {
        let former = grid[row][column]
        grid[row][column] = former == " " || former == curve.letter ? curve.letter : "*"
      }
    }
    var labels = Array(repeating: "", count: rows)
    for tick in y.ticks where y.range.contains(tick.value) {
      labels[rows - 1 - y.cell(of: tick.value, among: rows)] = tick.label
    }
    let drawn = zip(labels, grid).map { label, characters in
      Formatting.right(label, margin - 1) + " |" + String(characters).trimmingSuffixSpaces()
    }
    return drawn + axisOfX
  }

  /// The cells of a curve, which is straight between its points; each column has one at most.
  private func cells(of points: [(x: Double, y: Double)]) -> [(column: Int, row: Int)] {
    guard let first = points.first, let last = points.last else { return [] }
    var next = 0
    return (x.cell(of: first.x, among: columns)...x.cell(of: last.x, among: columns)).compactMap { column in
      guard (0..<columns).contains(column) else { return nil }
      let value = min(max(x.value(ofCell: column, among: columns), first.x), last.x)
      while points[next].x < value { next += 1 }
      var height = points[next].y
      if points[next].x > value {
        let (left, right) = (points[next - 1], points[next])
        height = left.y + (value - left.x) / (right.x - left.x) * (right.y - left.y)
      }
      guard y.range.contains(height) else { return nil }
      return (column, rows - 1 - y.cell(of: height, among: rows))
    }
  }

  /// The line under the curves and that of its labels, each in the middle below its value if there is room.
  private var axisOfX: [String] {
    var line = Array(repeating: Character("-"), count: columns)
    var labels = ""
    for tick in x.ticks where x.range.contains(tick.value) {
      let column = x.cell(of: tick.value, among: columns)
      let start = min(max(0, column - (tick.label.count - 1) / 2), columns - tick.label.count)
      guard start >= (labels.isEmpty ? 0 : labels.count + 1) else { continue }
      if column > 0 { line[column] = "+" }
      labels += Formatting.right("", start - labels.count) + tick.label
    }
    let space = Formatting.right("", margin)
    return [space + "+" + String(line), space + " " + labels]
  }
}

extension String {
  fileprivate func trimmingSuffixSpaces() -> String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
