// Operands of the kernels for sparse inputs. All numbers are small and whole.

import LinearAlgebra
import SparseInputs

/// Weights `[outputs, inputs]`.
func weights<Scalar: SparseScalar>(_ outputs: Int, _ inputs: Int) -> Matrix<Scalar> {
  Matrix(rows: outputs, columns: inputs, elements: (0..<outputs * inputs).map { Scalar(($0 * 5) % 11 - 5) })
}

/// Rows of which the first is blank; the byte b stands for the number b/16 − 3, but 0 for 0.
func rows<Scalar: SparseScalar>(_ count: Int, columns: Int) -> SparseRows<Scalar> {
  let bytes = (0..<count * columns).map { index in
    index < columns || index % 4 != 1 ? 0 : UInt8(truncatingIfNeeded: index / 4 % 8 * 16)
  }
  var rows = SparseRows<Scalar>(
    values: (0...255).map { $0 == 0 ? 0 : Scalar($0 / 16 - 3) }, columnCount: columns, capacity: count)
  rows.select((0..<UInt32(count)).map { $0 }[...], of: CompressedRows(bytes.span, columnCount: columns))
  return rows
}

/// Errors `[count, outputs]`.
func deltas<Scalar: SparseScalar>(_ count: Int, _ outputs: Int) -> Matrix<Scalar> {
  Matrix(rows: count, columns: outputs, elements: (0..<count * outputs).map { Scalar($0 % 5 - 2) })
}
