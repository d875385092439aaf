public import LinearAlgebra

/// The inputs of a layer, one row for each example of a mini-batch.
///
/// Only the first layer's may be sparse; the others take the outputs of the layer below.
public enum InputRows<Element: SparseScalar>: Sendable {
  /// Every input, `[B, in]`.
  case dense(Matrix<Element>)
  /// The nonzero inputs.
  case sparse(SparseRows<Element>)

  /// The number of examples, B.
  public var rows: Int {
    switch self {
    case .dense(let matrix): matrix.rows
    case .sparse(let rows): rows.count
    }
  }

  /// Every input, `[B, in]`; sparse inputs are expanded into a new matrix.
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
