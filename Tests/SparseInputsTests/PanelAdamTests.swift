import Foundation
import LinearAlgebra
import SparseInputs
import Testing

/// Adam's step of panels against its definition in plain Swift.
@Suite("Adam's step of panels") struct PanelAdamTests {
  /// Weights and moments `[outputs, inputs]` that take the steps of the definition, in double precision.
  private struct Definition {
    var w, m, v: [Double]
    var steps = 0

    init(_ w: [Double]) { (self.w, m, v) = (w, w.map { _ in 0 }, w.map { _ in 0 }) }

    mutating func step(_ gradient: [Double], l2: Double, l1: Double) {
      steps += 1
      let corrections = (1 - pow(0.9, Double(steps)), 1 - pow(0.999, Double(steps)))
      for i in w.indices {
        let g = gradient[i] + l2 * w[i] + l1 * (w[i] > 0 ? 1 : w[i] < 0 ? -1 : 0)
        m[i] = 0.9 * m[i] + 0.1 * g
        v[i] = 0.999 * v[i] + 0.001 * g * g
        w[i] -= 0.01 * (m[i] / corrections.0) / ((v[i] / corrections.1).squareRoot() + 1e-8)
      }
    }
  }

  /// Panels and their moments.
  private struct Panels<Scalar: SparseScalar> {
    var w, m, v: PanelMatrix<Scalar>
    var steps = 0

    init(_ w: Matrix<Scalar>) {
      let zeros = PanelMatrix(transposing: Matrix<Scalar>(rows: w.rows, columns: w.columns))
      (self.w, m, v) = (PanelMatrix(transposing: w), zeros, zeros)
    }

    mutating func step(_ x: SparseRows<Scalar>, _ delta: Matrix<Scalar>, l2: Double = 0, l1: Double = 0) {
      steps += 1
      let step = AdamStep<Scalar>(
        rate: Scalar(0.01 / (1 - pow(0.9, Double(steps)))),
        root: Scalar(1 / (1 - pow(0.999, Double(steps))).squareRoot()), l2: Scalar(l2), l1: Scalar(l1))
      w.stepByAdam(mean: &m, square: &v, of: x, and: delta, scale: 1 / Scalar(x.count), step)
    }
  }

  /// Takes four steps of a mini-batch and four of one whose inputs are all 0, and compares.
  private func check<Scalar: SparseScalar>(
    _: Scalar.Type, outputs: Int, count: Int, l2: Double = 0, l1: Double = 0, tolerance: Double
  ) {
    let inputs = 21
    var w: Matrix<Scalar> = weights(outputs, inputs)
    w.withMutableElements { for index in $0.indices { $0[index] /= 16 } }
    let x: SparseRows<Scalar> = rows(count, columns: inputs)
    let blank: SparseRows<Scalar> = rows(1, columns: inputs)
    let (delta, other): (Matrix<Scalar>, Matrix<Scalar>) = (deltas(count, outputs), deltas(1, outputs))
    let dense = InputRows.sparse(x).dense
    var gradient = Array(repeating: 0.0, count: outputs * inputs)
    for row in 0..<count {
      for index in gradient.indices {
        gradient[index] +=
          Double(delta[row, index / inputs]) * Double(dense[row, index % inputs]) / Double(count)
      }
    }
    var expected = Definition(w.elements.map(Double.init))
    var panels = Panels(w)
    for _ in 0..<4 {
      expected.step(gradient, l2: l2, l1: l1)
      panels.step(x, delta, l2: l2, l1: l1)
    }
    for _ in 0..<4 {
      expected.step(gradient.map { _ in 0 }, l2: l2, l1: l1)
      panels.step(blank, other, l2: l2, l1: l1)
    }
    for (numbers, expected) in [(panels.w, expected.w), (panels.m, expected.m), (panels.v, expected.v)] {
      let error = zip(numbers.transposed.elements, expected).map { abs(Double($0) - $1) }.max()
      #expect((error ?? .infinity) <= tolerance, "\(Scalar.self), \(outputs) outputs, \(count) rows")
    }
    #expect(zip(expected.w, w.elements).contains { abs($0 - Double($1)) > 0.01 }, "the weights have moved")
  }

  @Test("steps are those of the definition, in either precision", arguments: PanelMatrixTests.widths)
  func definition(outputs: Int) {
    check(Double.self, outputs: outputs, count: 6, tolerance: 1e-14)
    check(Float.self, outputs: outputs, count: 6, tolerance: 1e-5)
  }

  @Test("weights decay, also those of inputs that are all 0", arguments: [(0.01, 0), (0, 0.01), (0.02, 0.03)])
  func decay(l2: Double, l1: Double) {
    check(Double.self, outputs: 9, count: 6, l2: l2, l1: l1, tolerance: 1e-14)
    check(Float.self, outputs: 9, count: 6, l2: l2, l1: l1, tolerance: 1e-5)
  }

  @Test(
    "a mini-batch of more rows than are sorted together is one step with the gradient of all",
    arguments: [127, 128, 129, 300])
  func blocks(count: Int) {
    check(Double.self, outputs: 40, count: count, l2: 0.01, tolerance: 1e-13)
    check(Float.self, outputs: 40, count: count, l2: 0.01, tolerance: 1e-5)
  }

  @Test("a copy keeps its elements when the other takes a step")
  func copies() {
    let w: Matrix<Double> = weights(30, 12)
    var panels = Panels(w)
    let original = panels
    panels.step(rows(200, columns: 12), deltas(200, 30))
    let first = panels
    panels.step(rows(4, columns: 12), deltas(4, 30))
    panels.step(rows(200, columns: 12), deltas(200, 30))
    #expect(original.w.transposed == w)
    #expect(original.m.transposed.elements.allSatisfy { $0 == 0 })
    #expect(first.w.transposed != w && first.w.transposed != panels.w.transposed)
  }
}
