import Testing

@testable import NettrainCommands

@Suite("Tables") struct TextTableTests {
  private let columns: [TextTable<Int>.Column] = [
    .init(title: "n", width: 3) { "\($0)" },
    .init(group: "powers", title: "square", width: 8, rank: 1) { "\($0 * $0)" },
    .init(group: "powers", title: "cube", width: 6) { "\($0 * $0 * $0)" },
    .init(group: "half", title: "half", width: 6, rank: 2) { "\(Double($0) / 2)" },
  ]

  @Test("columns of a greater rank leave first, until the rest fits or has rank 0")
  func width() {
    for (width, header, row) in [
      (23, "        powers     half\n  n  square  cube  half", "  2       4     8   1.0"),
      (22, "        powers\n  n  square  cube", "  2       4     8"),
      (17, "        powers\n  n  square  cube", "  2       4     8"),
      (16, "    powers\n  n  cube", "  2     8"), (1, "    powers\n  n  cube", "  2     8"),
    ] {
      let table = TextTable(columns, width: width)
      #expect(table.header == header)
      #expect(table.line(2) == row)
    }
  }

  @Test("a cell is styled with its spaces")
  func style() {
    let table = TextTable(columns, width: 16)
    #expect(table.line(3) { cell, group in group == "powers" ? "<\(cell)>" : cell } == "  3<    27>")
  }

  @Test("titles of groups keep apart")
  func groups() {
    let table = TextTable<Int>(
      [
        .init(group: "wide title", title: "a", width: 3) { "\($0)" },
        .init(group: "another title", title: "b", width: 3) { "\($0)" },
      ], width: 80)
    #expect(table.header.hasPrefix("wide title another title\n  a  b"))
  }
}
