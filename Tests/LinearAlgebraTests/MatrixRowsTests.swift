import LinearAlgebra
import Testing

@Suite("Matrix rows") struct MatrixRowsTests {
  @Test("filling makes every row the vector")
  func fill() {
    var matrix = Matrix<Double>(rows: 2, columns: 3)
    matrix.fillRows(with: [1, 2, 3])
    #expect(matrix.elements == [1, 2, 3, 1, 2, 3])
  }

  @Test("the scaled sum of the rows is added to the vector")
  func rowSum() {
    let matrix = Matrix<Float>(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6])
    var vector: [Float] = [100, 200]
    matrix.addRowSum(to: &vector, scale: 2)
    #expect(vector == [118, 224])
  }

  @Test("elements are multiplied place by place")
  func multiply() {
    var matrix = Matrix<Double>(rows: 1, columns: 3, elements: [1, 2, 3])
    matrix.multiplyElements(by: Matrix(rows: 1, columns: 3, elements: [4, 5, -6]))
    #expect(matrix.elements == [4, 10, -18])
  }

  @Test("squares are summed in double precision")
  func squares() {
    // In single precision the square of 4097 would be rounded to 16,785,408, and the sum would stay there.
    let matrix = Matrix<Float>(rows: 1, columns: 2, elements: [4097, 1])
    #expect(matrix.sumOfSquares() == 16_785_410)
  }

  @Test("of equal greatest elements the lowest column is found")
  func ties() {
    let matrix = Matrix<Double>(rows: 2, columns: 3, elements: [9, 9, 9, 1, 5, 5])
    #expect(matrix.indexOfMaximum(inRow: 0) == 0)
    #expect(matrix.indexOfMaximum(inRow: 1) == 1)
  }

  @Test("a row with a NaN anywhere has no greatest element", arguments: 0..<3)
  func notANumber(column: Int) {
    var matrix = Matrix<Double>(rows: 1, columns: 3, elements: [1, 2, 3])
    matrix[0, column] = .nan
    #expect(matrix.indexOfMaximum(inRow: 0) == nil)
  }

  @Test("a vector of another length stops the program")
  func vectorLength() async {
    await #expect(processExitsWith: .failure) {
      var matrix = Matrix<Double>(rows: 2, columns: 3)
      matrix.fillRows(with: [1, 2])
    }
    await #expect(processExitsWith: .failure) {
      var vector = [1.0]
      Matrix<Double>(rows: 2, columns: 3).addRowSum(to: &vector, scale: 1)
    }
  }
}
