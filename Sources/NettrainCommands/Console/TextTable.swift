/// A table of so many columns as fit in a width.
struct TextTable<Row> {
  /// A column with its cells at the right.
  struct Column {
    /// The title of this column and those beside it.
    var group = ""
    /// The title of this column alone.
    var title: String
    /// Its width, with the space before it.
    var width: Int
    /// Of columns that do not fit, those of the greatest rank are left out first, and those of rank 0 never.
    var rank = 0
    /// The text of a row.
    var text: (Row) -> String
  }

  /// The columns that fit.
  let columns: [Column]

  /// A table at most as wide as `width`, if the columns of rank 0 allow it.
  init(_ columns: [Column], width: Int) {
    var columns = columns
    while columns.reduce(0, { $0 + $1.width }) > width, let rank = columns.map(\.rank).max(), rank > 0 {
      columns.removeAll { $0.rank == rank }
    }
    self.columns = columns
  }

  /// The line with the titles of groups, each above the middle of its columns, and the line with those of columns.
  var header: String {
    var (groups, titles) = ("", "")
    var rest = columns[...]
    while let first = rest.first {
      let members = rest.prefix { $0.group == first.group }
      let start = titles.count + first.width - first.title.count
      for column in members { titles += Formatting.right(column.title, column.width) }
      let middle = (titles.count - start - first.group.count) / 2
      if !first.group.isEmpty {
        let space = max(start + middle - groups.count, groups.isEmpty ? 0 : 1)
        groups += Formatting.right("", space) + first.group
      }
      rest = rest.dropFirst(members.count)
    }
    return groups + "\n" + titles
  }

  /// The line of a row; `style` changes the text of a column, with its spaces, for the terminal.
  func line(_ row: Row, style: (_ cell: String, _ group: String) -> String = { cell, _ in cell }) -> String {
    columns.map { style(Formatting.right($0.text(row), $0.width), $0.group) }.joined()
  }
}
