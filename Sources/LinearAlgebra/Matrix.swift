/// A dense matrix of `Double` or `Float`, stored row by row.
///
/// A matrix is a value: a copy shares its storage until one of the two is changed. Shapes that do not fit are
/// programming errors and stop the program.
///
///     var c = Matrix<Double>(rows: 1, columns: 1)
///     let a = Matrix<Double>(rows: 1, columns: 2, elements: [1, 2])
///     c.formProduct(of: a, and: a.transposed)        // c[0, 0] is 5
public struct Matrix<Element: BLASScalar>: Equatable, Sendable {
  /// The number of rows.
  public private(set) var rows: Int

  /// The number of columns.
  public let columns: Int

  @usableFromInline var storage: [Element]

  /// A matrix of zeros, `[rows, columns]`.
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: Array(repeating: 0, count: rows * columns))
  }

  /// A matrix `[rows, columns]` of the given elements, row by row.
  public init(rows: Int, columns: Int, elements: [Element]) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
    precondition(elements.count == rows * columns, "a matrix has rows × columns elements")
    self.rows = rows
    self.columns = columns
    self.storage = elements
  }

  /// The elements row by row, `rows · columns` of them.
  @inlinable public var elements: [Element] { storage }

  /// The element in a row and a column, each counted from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Element {
    get { storage[offset(row, column)] }
    set { storage[offset(row, column)] = newValue }
  }

  @inlinable
  func offset(_ row: Int, _ column: Int) -> Int {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns, "outside the matrix")
    return row * columns + column
  }

  /// Calls `body` with the elements, row by row, to be changed in place.
  ///
  /// It is inlined into specialized callers, where a loop over the span is as fast as one over an array.
  @inlinable
  public mutating func withMutableElements<Result>(
    _ body: (inout MutableSpan<Element>) throws -> Result
  ) rethrows -> Result {
    var span = storage.mutableSpan
    return try body(&span)
  }

  /// Changes the number of rows. New rows are zero; the others keep their elements.
  ///
  /// The storage keeps its capacity, so the buffers of a training step serve a short last mini-batch without an
  /// allocation.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func resize(rows newRows: Int) {
    precondition(newRows >= 0, "a matrix has no negative size")
    if newRows < rows {
      storage.removeLast((rows - newRows) * columns)
    } else if newRows > rows {
      storage.append(contentsOf: repeatElement(0, count: (newRows - rows) * columns))
    }
    rows = newRows
  }
}
