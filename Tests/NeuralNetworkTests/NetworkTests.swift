import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Networks") struct NetworkTests {
  @Test("sizes and parameters are counted from the inputs up")
  func sizes() {
    let network = Network<Float>(zeros: [784, 30, 10])
    #expect(network.sizes == [784, 30, 10])
    #expect(network.parameterCount == 784 * 30 + 30 + 30 * 10 + 10)
  }

  @Test("the forward pass of a network of two layers, by hand")
  func propagate() {
    let network = Network<Double>(layers: [
      Layer(weights: Matrix(rows: 2, columns: 1, elements: [log(3), -log(3)]), biases: [0, log(3)]),
      Layer(weights: Matrix(rows: 1, columns: 2, elements: [4, 8]), biases: [-1]),
    ])
    var workspace = Workspace<Double>(for: [1, 2, 1], capacity: 2)
    network.propagate(.dense(Matrix(rows: 2, columns: 1, elements: [1, 0])), in: &workspace)
    // Hidden outputs: σ(ln 3) = ¾ and σ(0) = ½; then σ(0) = ½ and σ(ln 3) = ¾.
    let z = workspace.weightedInputs
    #expect(abs(z[0, 0] - (4 * 0.75 + 8 * 0.5 - 1)) < 1e-14)
    #expect(abs(z[1, 0] - (4 * 0.5 + 8 * 0.75 - 1)) < 1e-14)
  }

  @Test("a workspace serves mini-batches of any size up to its own, one after the other")
  func shortBatch() {
    let network = network([5, 3, 4])
    let inputs = Matrix<Double>(rows: 3, columns: 5, elements: (0..<15).map { Double($0) / 15 })
    let last = Matrix<Double>(rows: 1, columns: 5, elements: Array(inputs.elements[10...]))
    var workspace = Workspace<Double>(for: [5, 3, 4], capacity: 3)
    network.propagate(.dense(inputs), in: &workspace)
    let all = workspace.weightedInputs
    network.propagate(.dense(last), in: &workspace)
    let one = workspace.weightedInputs
    network.propagate(.dense(inputs), in: &workspace)
    #expect(workspace.weightedInputs == all)
    #expect(one.rows == 1)
    for (a, b) in zip(one.elements, all.elements[8...]) { #expect(abs(a - b) < 1e-15) }
  }

  @Test("a network is finite as long as each weight and each bias is")
  func finite() {
    func network(weight: Double, bias: Double) -> Network<Double> {
      Network(layers: [Layer(weights: Matrix(rows: 1, columns: 1, elements: [weight]), biases: [bias])])
    }
    #expect(network(weight: 1e200, bias: 1).isFinite)
    #expect(!network(weight: .infinity, bias: 1).isFinite)
    #expect(!network(weight: 1, bias: .nan).isFinite)
  }

  @Test("a workspace of another network stops the program")
  func foreignWorkspace() async {
    await #expect(processExitsWith: .failure) {
      var workspace = Workspace<Double>(for: [5, 4], capacity: 1)
      network([5, 3, 4]).propagate(.dense(Matrix(rows: 1, columns: 5)), in: &workspace)
    }
  }

  @Test("layers that do not fit together stop the program")
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      let layer = Layer<Double>(weights: Matrix(rows: 2, columns: 3), biases: [0, 0])
      _ = Network(layers: [layer, layer])
    }
  }
}
