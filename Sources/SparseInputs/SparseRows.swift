internal import CKernels
public import LinearAlgebra

/// Selected rows of compressed rows as a matrix of numbers, `[count, columnCount]`, most of them 0: an operand of
/// products.
public struct SparseRows<Element: SparseScalar>: Sendable {
  /// The compressed rows that these are selected from.
  public private(set) var source: CompressedRows

  /// The number that each byte stands for, 256 of them. That of the byte 0 is 0.
  public let values: [Element]

  /// The selected rows, each by its number in the source.
  public private(set) var selection: [UInt32] = []

  /// The number of selected rows.
  public var count: Int { selection.count }

  /// No rows of `columnCount` columns, with room to select `capacity` of them.
  public init(values: [Element], columnCount: Int, capacity: Int) {
    precondition(values.count == 256 && values[0] == 0, "each byte has a value, and that of 0 is 0")
    self.values = values
    source = CompressedRows(columnCount: columnCount)
    selection.reserveCapacity(capacity)
  }

  /// Replaces the selection by rows of a source, whose numbers are counted from `first`.
  public mutating func select(_ rows: ArraySlice<UInt32>, from first: Int = 0, of source: CompressedRows) {
    precondition(rows.allSatisfy { Int($0) + first < source.rowCount }, "outside the compressed rows")
    self.source = source
    selection.removeAll(keepingCapacity: true)
    for row in rows { selection.append(row + UInt32(first)) }
  }

  /// Makes a dense matrix `[count, columnCount]` equal to these rows.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func expand(into matrix: inout Matrix<Element>) {
    precondition(matrix.rows == count && matrix.columns == source.columnCount, "a row for each selected row")
    unsafe withUnsafeRows { x, values in
      matrix.withMutableElements { elements in
        unsafe elements.withUnsafeMutableBufferPointer { elements in
          unsafe Element.kernels.expand(x, values, source.columnCount, elements.baseAddress)
        }
      }
    }
  }

  /// Calls `body` with the rows and the values of their bytes as the C functions take them.
  @unsafe
  func withUnsafeRows(_ body: (nettrain_sparse_rows, UnsafePointer<Element>?) -> Void) {
    unsafe source.withUnsafeRows(selection) { x in
      unsafe values.withUnsafeBufferPointer { values in unsafe body(x, values.baseAddress) }
    }
  }
}
