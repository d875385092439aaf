/// Some rows of compressed rows as an operand of a product: a matrix of numbers, `[count, columnCount]`, most of
/// them 0.
public struct SparseRows<Element: BLASScalar>: Sendable {
  /// The rows that these are chosen from.
  public private(set) var source = CompressedRows()

  /// The number that each byte stands for, 256 of them. That of the byte 0 is 0.
  public let values: [Element]

  /// The rows that were chosen, each by its number in the source.
  public private(set) var selection: [UInt32] = []

  /// The number of rows chosen.
  public var count: Int { selection.count }

  /// No rows yet, and room for `capacity` of them.
  public init(values: [Element], capacity: Int) {
    precondition(values.count == 256 && values[0] == 0, "each byte has a value, and that of 0 is 0")
    self.values = values
    selection.reserveCapacity(capacity)
  }

  /// Chooses rows of a source, in place of those chosen so far.
  public mutating func select(_ rows: ArraySlice<UInt32>, of source: CompressedRows) {
    precondition(rows.allSatisfy { $0 < source.rowCount }, "outside the compressed rows")
    self.source = source
    selection.removeAll(keepingCapacity: true)
    selection.append(contentsOf: rows)
  }

  /// Makes a dense matrix `[count, columnCount]` equal to these rows.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func expand(into matrix: inout Matrix<Element>) {
    precondition(matrix.rows == count && matrix.columns == source.columnCount, "a row for each row chosen")
    unsafe withUnsafePointers { x in
      matrix.withMutableElements { elements in
        unsafe elements.withUnsafeMutableBufferPointer { elements in
          guard let elements = elements.baseAddress else { return }
          unsafe Element.expand(x, columnCount: source.columnCount, into: elements)
        }
      }
    }
  }

  /// Calls `body` with the places of the parts in memory, if there are any rows and entries.
  @unsafe
  func withUnsafePointers(_ body: (SparseRowPointers<Element>) -> Void) {
    unsafe source.withUnsafePointers { starts, columns, bytes in
      unsafe selection.withUnsafeBufferPointer { selection in
        unsafe values.withUnsafeBufferPointer { values in
          guard let selection = selection.baseAddress, let values = values.baseAddress else { return }
          unsafe body(
            SparseRowPointers(
              starts: starts, columns: columns, bytes: bytes, selection: selection, count: count, values: values))
        }
      }
    }
  }
}
