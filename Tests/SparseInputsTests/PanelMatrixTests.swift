import LinearAlgebra
import SparseInputs
import Testing

/// The kernels for sparse inputs against the definition of the products, in plain Swift. The numbers of
/// `WholeNumbers.swift` make every sum exact in either precision, whatever its order.
@Suite("Panel matrix") struct PanelMatrixTests {
  /// Widths around those of a vector and of a panel, in either precision.
  static let widths = [1, 7, 8, 9, 15, 16, 17, 30, 32, 33, 63, 64, 65, 100, 129]

  /// x·wᵀ + b by the definition.
  private func product<Scalar>(_ x: Matrix<Scalar>, _ w: Matrix<Scalar>, _ biases: [Scalar]) -> Matrix<Scalar> {
    var z = Matrix<Scalar>(rows: x.rows, columns: w.rows)
    for row in 0..<x.rows {
      for output in 0..<w.rows {
        z[row, output] = biases[output]
        for input in 0..<x.columns { z[row, output] += x[row, input] * w[output, input] }
      }
    }
    return z
  }

  /// retain·w + scale·δᵀ·x by the definition.
  private func updated<Scalar>(
    _ w: Matrix<Scalar>, _ x: Matrix<Scalar>, _ delta: Matrix<Scalar>, _ scale: Scalar, _ retain: Scalar
  ) -> Matrix<Scalar> {
    var w = w
    for output in 0..<w.rows {
      for input in 0..<w.columns {
        w[output, input] *= retain
        for row in 0..<x.rows { w[output, input] += scale * delta[row, output] * x[row, input] }
      }
    }
    return w
  }

  private func checkProducts<Scalar: SparseScalar>(_: Scalar.Type, outputs: Int) {
    let (inputs, count) = (45, 6)
    let w: Matrix<Scalar> = weights(outputs, inputs)
    let x: SparseRows<Scalar> = rows(count, columns: inputs)
    let dense = InputRows.sparse(x).dense
    #expect(dense.elements.contains { $0 != 0 })
    var panels = PanelMatrix(transposing: w)
    #expect(panels.transposed == w)

    let biases = (0..<outputs).map { Scalar($0 % 4) }
    var z = Matrix<Scalar>(rows: count, columns: outputs, elements: Array(repeating: .nan, count: count * outputs))
    panels.formProduct(&z, of: x, adding: biases)
    #expect(z == product(dense, w, biases))

    let delta: Matrix<Scalar> = deltas(count, outputs)
    panels.addProduct(of: x, and: delta, scale: 2, retaining: 1)
    #expect(panels.transposed == updated(w, dense, delta, 2, 1))
  }

  @Test("products and updates are those of the definition, in either precision", arguments: widths)
  func definition(outputs: Int) {
    checkProducts(Double.self, outputs: outputs)
    checkProducts(Float.self, outputs: outputs)
  }

  @Test("a mini-batch of more rows than are looked at together is all taken in", arguments: [127, 128, 129, 300])
  func blocks(count: Int) {
    let w: Matrix<Double> = weights(9, 20)
    let x: SparseRows<Double> = rows(count, columns: 20)
    let delta: Matrix<Double> = deltas(count, 9)
    var panels = PanelMatrix(transposing: w)
    panels.addProduct(of: x, and: delta, scale: -1, retaining: 1)
    #expect(panels.transposed == updated(w, InputRows.sparse(x).dense, delta, -1, 1))
  }

  @Test(
    "what is retained is retained, step after step, also where nothing is or the sign changes",
    arguments: [[0.5, 0.5, 0.25], [1, 0, 1], [-2, 0.5], [0x1p-15, 0.25, 0x1p-20], [0x1p17, 0.5]])
  func decay(factors: [Double]) {
    var w: Matrix<Double> = weights(30, 12)
    let x: SparseRows<Double> = rows(4, columns: 12)
    let delta: Matrix<Double> = deltas(4, 30)
    var panels = PanelMatrix(transposing: w)
    for factor in factors {
      panels.addProduct(of: x, and: delta, scale: 0.5, retaining: factor)
      w = updated(w, InputRows.sparse(x).dense, delta, 0.5, factor)
      #expect(panels.transposed == w)
      var z = Matrix<Double>(rows: 4, columns: 30)
      let biases = Array(repeating: 1.0, count: 30)
      panels.formProduct(&z, of: x, adding: biases)
      #expect(z == product(InputRows.sparse(x).dense, w, biases))
    }
  }

  @Test("a thousand small decays lose no more than rounding does, and nothing underflows")
  func longDecay() {
    var panels = PanelMatrix(transposing: weights(3, 5) as Matrix<Float>)
    let x: SparseRows<Float> = rows(1, columns: 5)
    let delta = Matrix<Float>(rows: 1, columns: 3)
    for _ in 0..<1000 { panels.addProduct(of: x, and: delta, scale: 1, retaining: 0.93) }
    let expected = (weights(3, 5) as Matrix<Double>).elements.map { element in
      element * (0..<1000).reduce(1.0) { product, _ in product * Double(Float(0.93)) }
    }
    for (element, expected) in zip(panels.transposed.elements, expected) {
      #expect(abs(Double(element) - expected) <= 1e-5 * abs(expected))
    }
    #expect(panels.transposed.elements.contains { $0 != 0 })
  }

  @Test("hundreds of halvings with updates between them overflow nothing in single precision")
  func manyHalvings() {
    var w: Matrix<Float> = weights(3, 8)
    let x: SparseRows<Float> = rows(2, columns: 8)
    let delta: Matrix<Float> = deltas(2, 3)
    var panels = PanelMatrix(transposing: w)
    for _ in 0..<300 {
      panels.addProduct(of: x, and: delta, scale: 1, retaining: 0.5)
      w = updated(w, InputRows.sparse(x).dense, delta, 1, 0.5)
    }
    for (element, expected) in zip(panels.transposed.elements, w.elements) {
      #expect(abs(element - expected) <= 1e-5 * abs(expected))
    }
    #expect(w.elements.contains { $0 != 0 })
  }

  @Test("the sum of squares and the finiteness are those of the scaled elements", arguments: widths)
  func figures(outputs: Int) {
    let w: Matrix<Double> = weights(outputs, 5)
    var panels = PanelMatrix(transposing: w, scale: 0.5)
    #expect(panels.sumOfSquares() == w.sumOfSquares() / 4)
    #expect(panels.isFinite)
    panels = PanelMatrix(transposing: Matrix(rows: 1, columns: 2, elements: [1, 1e308]), scale: 16)
    #expect(!panels.isFinite)
  }

  @Test("a copy keeps its elements when the other is changed, in every way of changing it")
  func copies() {
    let w: Matrix<Double> = weights(30, 12)
    let x: SparseRows<Double> = rows(4, columns: 12)
    let original = PanelMatrix(transposing: w)
    for retain in [1, 0.5, 0] {
      var copy = original
      copy.addProduct(of: x, and: deltas(4, 30), scale: 1, retaining: retain)
      #expect(copy.transposed != w)
      #expect(original.transposed == w)
    }
  }

  @Test("shapes that do not fit stop the program")
  func shapes() async {
    await #expect(processExitsWith: .failure) {
      var z = Matrix<Double>(rows: 1, columns: 3)
      let panels = PanelMatrix(transposing: Matrix<Double>(rows: 3, columns: 5))
      var x = SparseRows<Double>(values: Array(repeating: 0, count: 256), columnCount: 4, capacity: 1)
      x.select([0], of: CompressedRows([0, 0, 0, 0].span, columnCount: 4))
      panels.formProduct(&z, of: x, adding: [0, 0, 0])
    }
    await #expect(processExitsWith: .failure) {
      var panels = PanelMatrix(transposing: Matrix<Double>(rows: 3, columns: 4))
      var x = SparseRows<Double>(values: Array(repeating: 0, count: 256), columnCount: 4, capacity: 1)
      x.select([0], of: CompressedRows([0, 0, 0, 0].span, columnCount: 4))
      panels.addProduct(of: x, and: Matrix(rows: 2, columns: 3), scale: 1, retaining: 1)
    }
  }
}
