import LinearAlgebra
import Testing

@Suite("Matrix") struct MatrixTests {
  @Test("elements are stored row by row")
  func storageOrder() {
    let matrix = Matrix<Double>(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[0, 2] == 3)
    #expect(matrix[1, 0] == 4)
  }

  @Test("a new matrix is zero")
  func zeros() {
    #expect(Matrix<Float>(rows: 2, columns: 2).elements == [0, 0, 0, 0])
  }

  @Test("a copy does not see later changes")
  func valueSemantics() {
    var matrix = Matrix<Double>(rows: 1, columns: 2, elements: [1, 2])
    let copy = matrix
    matrix[0, 0] = 9
    matrix.withMutableElements { $0[1] = 8 }
    #expect(copy.elements == [1, 2])
    #expect(matrix.elements == [9, 8])
  }

  @Test("resizing keeps the rows that stay and makes new ones zero")
  func resize() {
    var matrix = Matrix<Double>(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6])
    matrix.resize(rows: 1)
    #expect(matrix == Matrix(rows: 1, columns: 2, elements: [1, 2]))
    matrix.resize(rows: 3)
    #expect(matrix == Matrix(rows: 3, columns: 2, elements: [1, 2, 0, 0, 0, 0]))
  }

  @Test("elements that do not fill the shape stop the program")
  func elementCount() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 2, elements: [1, 2, 3])
    }
  }

  @Test("an index outside the matrix stops the program, even if the storage has an element there")
  func indexOutside() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 2)[0, 3]
    }
  }
}
