import LinearAlgebra
import SparseInputs
import Testing

@Suite("Compressed rows") struct CompressedRowsTests {
  /// Rows of bytes, of which one in three or so is not 0.
  private func bytes(rows: Int, columns: Int) -> [UInt8] {
    (0..<rows * columns).map { $0 % 3 == 1 || $0 % 7 == 5 ? UInt8(truncatingIfNeeded: $0 * 31 + 1) : 0 }
  }

  private func expanded(_ rows: CompressedRows, _ selection: [UInt32]) -> [Double] {
    var sparse = SparseRows<Double>(
      values: (0...255).map(Double.init), columnCount: rows.columnCount, capacity: selection.count)
    sparse.select(selection[...], of: rows)
    var matrix = Matrix<Double>(
      rows: selection.count, columns: rows.columnCount,
      elements: Array(repeating: -1, count: selection.count * rows.columnCount))
    sparse.expand(into: &matrix)
    return matrix.elements
  }

  @Test("expanded again they are the bytes they were made of", arguments: [1, 2, 7, 8, 9, 15, 16, 17, 784])
  func expansion(columns: Int) {
    let source = bytes(rows: 5, columns: columns)
    let rows = CompressedRows(source.span, columnCount: columns)
    #expect(rows.rowCount == 5)
    #expect(expanded(rows, [0, 1, 2, 3, 4]) == source.map(Double.init))
  }

  @Test("only bytes that are not 0 are entries")
  func entries() {
    let source = bytes(rows: 4, columns: 37)
    let count = source.count { $0 != 0 }
    #expect(count > 40 && count < 120)
    #expect(CompressedRows(source.span, columnCount: 37).entryCount == count)
    #expect(CompressedRows.nonzeroCount(source.span) == count)
    #expect(CompressedRows.nonzeroCount([UInt8](repeating: 0x80, count: 21).span) == 21)
    #expect(CompressedRows.nonzeroCount([UInt8](repeating: 0x01, count: 21).span) == 21)
  }

  @Test("rows that are appended in parts are those of one piece, and rows are counted from any first one")
  func parts() {
    let source = bytes(rows: 6, columns: 11)
    var rows = CompressedRows(columnCount: 11)
    rows.append(source.span.extracting(0..<22))
    rows.append(source.span.extracting(22..<66))
    #expect(rows.rowCount == 6)
    #expect(expanded(rows, [0, 1, 2, 3, 4, 5]) == source.map(Double.init))
    #expect(rows.entryCount(ofRows: 2..<4) == source[22..<44].count { $0 != 0 })
    var sparse = SparseRows<Double>(values: (0...255).map(Double.init), columnCount: 11, capacity: 2)
    sparse.select([1, 0], from: 3, of: rows)
    #expect(InputRows.sparse(sparse).dense.elements == (source[44..<55] + source[33..<44]).map(Double.init))
  }

  @Test("rows are chosen in any order, and more than once")
  func selection() {
    let source: [UInt8] = [0, 1, 2, 0, 0, 0, 3, 0, 0]
    let rows = CompressedRows(source.span, columnCount: 3)
    #expect(expanded(rows, [2, 0, 1, 2]) == [3, 0, 0, 0, 1, 2, 0, 0, 0, 3, 0, 0])
  }

  @Test("blank rows have no entries, and expand to zeros")
  func blank() {
    let rows = CompressedRows([UInt8](repeating: 0, count: 20).span, columnCount: 10)
    #expect(rows.entryCount == 0)
    #expect(expanded(rows, [1, 0]) == Array(repeating: 0, count: 20))
  }

  @Test("the last of 65,536 columns has a number of its own")
  func widest() {
    var source = [UInt8](repeating: 0, count: CompressedRows.largestColumnCount)
    source[65535] = 9
    let rows = CompressedRows(source.span, columnCount: source.count)
    #expect(expanded(rows, [0]) == source.map(Double.init))
  }

  @Test("a row that is not there stops the program")
  func outside() async {
    await #expect(processExitsWith: .failure) {
      var sparse = SparseRows<Double>(values: (0...255).map(Double.init), columnCount: 2, capacity: 1)
      sparse.select([1], of: CompressedRows([1, 2].span, columnCount: 2))
    }
  }

  @Test("rows are put into another order, empty ones included")
  func reordered() {
    let bytes: [UInt8] = [1, 0, 2, 0, 0, 0, 0, 3, 0, 4, 5, 6]
    let rows = CompressedRows(bytes.span, columnCount: 3).reordered([3, 1, 0, 2])
    var selected = SparseRows<Double>(values: (0...255).map { Double($0) }, columnCount: 3, capacity: 4)
    selected.select([0, 1, 2, 3], of: rows)
    #expect(InputRows.sparse(selected).dense.elements == [4, 5, 6, 0, 0, 0, 1, 0, 2, 0, 3, 0])
    #expect(rows.entryCount == 6)
  }
}
