/// Curves over equal steps, drawn with letters in 13 rows.
struct TerminalPlot {
  /// A letter and the values of each curve.
  let curves: [(letter: Character, values: [Double])]
  /// The values from the bottom row to the top.
  let range: ClosedRange<Double>
  /// The number of columns.
  let columns: Int

  private static let rows = 13

  /// The rows from the top, with the values at the left and the steps below.
  var lines: [String] {
    var grid = Array(repeating: Array(repeating: Character(" "), count: columns), count: Self.rows)
    let last = (curves.map(\.values.count).max() ?? 1) - 1
    for (letter, values) in curves {
      for column in 0..<columns {
        let step = Int((Double(column * last) / Double(columns - 1)).rounded())
        guard step < values.count, range.contains(values[step]) else { continue }
        let height = (values[step] - range.lowerBound) / (range.upperBound - range.lowerBound)
        let row = Int(((1 - height) * Double(Self.rows - 1)).rounded())
        grid[row][column] = grid[row][column] == " " || grid[row][column] == letter ? letter : "*"
      }
    }
    let drawn = grid.enumerated().map { row, characters in
      let height = 1 - Double(row) / Double(Self.rows - 1)
      let value = range.lowerBound + height * (range.upperBound - range.lowerBound)
      let label = row.isMultiple(of: 3) ? Formatting.fixed(value, decimals: 2) : ""
      return Formatting.right(label, 5) + " |" + String(characters).trimmingSuffixSpaces()
    }
    let axis = "      +" + String(repeating: "-", count: columns)
    return drawn + [axis, "       0" + Formatting.right("\(last)", columns - 1)]
  }
}

extension String {
  fileprivate func trimmingSuffixSpaces() -> String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
