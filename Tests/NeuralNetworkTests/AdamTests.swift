import LinearAlgebra
import NeuralNetwork
import SparseInputs
import Testing

@Suite("Adam") struct AdamTests {
  /// A step of tiny gradients, and then none for as long as single precision takes to come to its least number.
  private func checkIdle<Scalar: SparseScalar>(_: Scalar.Type, inPanels: Bool) {
    var network = Network<Scalar>(zeros: [9, 5])
    network.storeInPanels(inPanels)
    var adam = Adam(mean: network, square: network, step: 0, learningRate: 0.1)
    let bytes: [UInt8] = [0, 1, 2, 3, 0, 255, 7, 0, 200]
    var rows = SparseRows<Scalar>(values: (0...255).map { Scalar($0) / 255 }, columnCount: 9, capacity: 1)
    rows.select([0], of: CompressedRows(bytes.span, columnCount: 9))
    let inputs = inPanels ? InputRows.sparse(rows) : .dense(InputRows.sparse(rows).dense)
    func step(_ delta: Scalar) {
      let delta = Matrix(rows: 1, columns: 5, elements: Array(repeating: delta, count: 5))
      var layer = network.layers[0]
      adam.update(&layer, at: 0, delta: delta, inputs: inputs)
      network = Network(layers: [layer])
    }
    var means: [Scalar] { adam.moments[0].layers.flatMap { $0.weights.elements + $0.biases } }
    var squares: [Scalar] { adam.moments[1].layers.flatMap { $0.weights.elements + $0.biases } }
    step(1e-15)
    #expect(means.contains { $0 != 0 })
    for count in 0..<20_000 {
      step(0)
      if count % 97 == 0 { #expect(!means.contains { $0.isSubnormal }) }
    }
    #expect(means.allSatisfy { $0 == 0 })
    #expect(squares.allSatisfy { $0.isNormal })
  }

  @Test(
    "without a gradient the mean ends at 0 and the mean square at a normal number, and neither is ever denormal",
    arguments: [false, true])
  func idle(inPanels: Bool) {
    checkIdle(Double.self, inPanels: inPanels)
    checkIdle(Float.self, inPanels: inPanels)
  }
}
