import LinearAlgebra
import Testing

@Suite("Matrix products") struct MatrixProductTests {
  /// Small whole numbers, whose products are exact in either precision.
  private func numbers<Scalar: BLASScalar>(_ rows: Int, _ columns: Int, _ step: Int) -> Matrix<Scalar> {
    Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { Scalar(($0 * step) % 7 - 3) })
  }

  private func transpose<Scalar>(_ matrix: Matrix<Scalar>) -> Matrix<Scalar> {
    var result = Matrix<Scalar>(rows: matrix.columns, columns: matrix.rows)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { result[column, row] = matrix[row, column] }
    }
    return result
  }

  /// retain·C + scale·A·B by the definition.
  private func expected<Scalar>(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, _ c: Matrix<Scalar>, _ scale: Scalar, _ retain: Scalar
  ) -> Matrix<Scalar> {
    var result = c
    for i in 0..<c.rows {
      for j in 0..<c.columns {
        var sum: Scalar = 0
        for k in 0..<a.columns { sum += a[i, k] * b[k, j] }
        result[i, j] = retain * c[i, j] + scale * sum
      }
    }
    return result
  }

  private func checkAllTranspositions<Scalar: BLASScalar>(_: Scalar.Type) {
    let a: Matrix<Scalar> = numbers(4, 5, 3)
    let b: Matrix<Scalar> = numbers(5, 3, 2)
    let c: Matrix<Scalar> = numbers(4, 3, 5)
    let (at, bt) = (transpose(a), transpose(b))
    let right = expected(a, b, c, 2, -3)
    var (nn, nt, tn, tt) = (c, c, c, c)
    nn.formProduct(of: a, and: b, scale: 2, retaining: -3)
    nt.formProduct(of: a, and: bt.transposed, scale: 2, retaining: -3)
    tn.formProduct(of: at.transposed, and: b, scale: 2, retaining: -3)
    tt.formProduct(of: at.transposed, and: bt.transposed, scale: 2, retaining: -3)
    #expect(nn == right)
    #expect(nt == right)
    #expect(tn == right)
    #expect(tt == right)
  }

  @Test("every combination of transposed operands is retain·C + scale·A·B, in double and in single precision")
  func transpositions() {
    checkAllTranspositions(Double.self)
    checkAllTranspositions(Float.self)
  }

  @Test("the product has scale 1 and retains nothing by default, not even what is not a number")
  func defaults() {
    var c = Matrix<Double>(rows: 1, columns: 1, elements: [.nan])
    c.formProduct(
      of: Matrix(rows: 1, columns: 2, elements: [1, 2]), and: Matrix(rows: 2, columns: 1, elements: [3, 4]))
    #expect(c.elements == [11])
  }

  @Test("inner sizes that differ stop the program")
  func innerSizes() async {
    await #expect(processExitsWith: .failure) {
      var c = Matrix<Double>(rows: 2, columns: 2)
      c.formProduct(of: Matrix(rows: 2, columns: 3), and: Matrix(rows: 2, columns: 2))
    }
  }

  @Test("a destination of another shape stops the program")
  func destinationShape() async {
    await #expect(processExitsWith: .failure) {
      var c = Matrix<Double>(rows: 2, columns: 3)
      c.formProduct(of: Matrix(rows: 2, columns: 2), and: Matrix(rows: 2, columns: 2))
    }
  }
}
