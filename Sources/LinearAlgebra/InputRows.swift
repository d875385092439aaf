/// What a layer of a network takes in, one row for each example of a mini-batch.
///
/// Only the first layer's may be sparse; the others take in the outputs of the layer below.
public enum InputRows<Element: BLASScalar>: Sendable {
  /// Every input, `[B, in]`.
  case dense(Matrix<Element>)
  /// The inputs that are not 0.
  case sparse(SparseRows<Element>)

  /// The number of examples, B.
  public var rows: Int {
    switch self {
    case .dense(let matrix): matrix.rows
    case .sparse(let rows): rows.count
    }
  }

  /// Every input, `[B, in]`; those of sparse inputs are a new matrix.
  public var dense: Matrix<Element> {
    switch self {
    case .dense(let matrix): return matrix
    case .sparse(let rows):
      var matrix = Matrix<Element>(rows: rows.count, columns: rows.source.columnCount)
      rows.expand(into: &matrix)
      return matrix
    }
  }
}
