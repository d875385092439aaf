/// Images in the terminal: bright pixels as blocks in the colour of its text, so that they read on light and dark ground.
enum DigitDrawing {
  /// The lines of an image, two rows of pixels each.
  /// - Parameters:
  ///   - pixels: The pixels, row by row.
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  /// - Returns: Lines without spaces at their ends.
  static func lines(of pixels: [UInt8], rows: Int, columns: Int) -> [String] {
    func isBright(_ row: Int, _ column: Int) -> Bool { row < rows && pixels[row * columns + column] >= 96 }
    return stride(from: 0, to: rows, by: 2).map { row in
      let line = (0..<columns).map { column -> Character in
        switch (isBright(row, column), isBright(row + 1, column)) {
        case (false, false): " "
        case (true, false): "▀"
        case (false, true): "▄"
        case (true, true): "█"
        }
      }
      return String(line[..<(line.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0)])
    }
  }

  /// The lines of images of equal size side by side, with a title above each, as many as fit in a width.
  static func lines(
    of images: [(title: String, pixels: [UInt8])], rows: Int, columns: Int, width: Int
  ) -> [String] {
    let step = max(columns, images.map(\.title.count).max() ?? 0) + 2
    let perRow = max(1, (width + 2) / step)
    return stride(from: 0, to: images.count, by: perRow).flatMap { first -> [String] in
      let row = images[first..<min(first + perRow, images.count)]
      let cells = row.map { [$0.title] + lines(of: $0.pixels, rows: rows, columns: columns) }
      return (0..<cells[0].count).map { line in
        let text = cells.map { Formatting.left($0[line], step) }.joined()
        return String(text.reversed().drop { $0 == " " }.reversed())
      } + [""]
    }
  }
}
