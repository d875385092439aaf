import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Sparse inputs") struct SparseInputTests {
  private let inputs: InputRows<Double>
  private let objective: Objective
  private let targets: Matrix<Double>

  init() throws {
    let bytes: [UInt8] = (0..<120).map { (index: UInt8) in index % 5 == 2 ? index + 1 : 0 }
    var rows = SparseRows<Double>(values: (0...255).map { Double($0) / 255 }, capacity: 6)
    rows.select([5, 0, 2][...], of: CompressedRows(bytes.span, columnCount: 20))
    inputs = .sparse(rows)
    objective = try Objective(output: .softmax, cost: .crossEntropy)
    targets = Matrix(rows: 3, columns: 4, elements: [1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0])
  }

  /// Weighted inputs, and the network after a step of training.
  private func step(_ network: Network<Double>, _ inputs: InputRows<Double>) -> (Matrix<Double>, Network<Double>) {
    var network = network
    var workspace = Workspace<Double>(for: network.sizes, capacity: 3)
    network.propagate(inputs, in: &workspace)
    objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: targets)
    network.backpropagate(&workspace, inputs: inputs, scale: -0.5, retaining: 0.75)
    return (workspace.weightedInputs, network)
  }

  private func difference(_ numbers: [Double], _ others: [Double]) -> Double {
    zip(numbers, others).map { abs($0 - $1) }.max() ?? .infinity
  }

  private func parameters(_ network: Network<Double>) -> [Double] {
    network.layers.flatMap { $0.weights.elements + $0.biases }
  }

  @Test("a network computes and learns the same, whatever it expects and whatever it gets", arguments: [[7], []])
  func equivalence(hidden: [Int]) {
    let dense = network([20] + hidden + [4])
    var sparse = dense
    sparse.expectsSparseInputs = true
    #expect(sparse.expectsSparseInputs && !dense.expectsSparseInputs)
    let (z, trained) = step(dense, .dense(inputs.dense))
    #expect(difference(parameters(trained), parameters(dense)) > 0.01)
    for (network, inputs) in [(dense, inputs), (sparse, inputs), (sparse, .dense(inputs.dense))] {
      let (other, otherTrained) = step(network, inputs)
      #expect(difference(other.elements, z.elements) < 1e-14)
      #expect(difference(parameters(otherTrained), parameters(trained)) < 1e-14)
    }
  }

  @Test("the gradient is the same for either")
  func gradient() {
    func gradient(_ network: Network<Double>, _ inputs: InputRows<Double>) -> [Double] {
      var workspace = Workspace<Double>(for: network.sizes, capacity: 3)
      var gradient = Network<Double>(zeros: network.sizes)
      network.propagate(inputs, in: &workspace)
      objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: targets)
      network.addGradient(to: &gradient, from: &workspace, inputs: inputs, scale: 1)
      return parameters(gradient)
    }
    let dense = network([20, 7, 4])
    var sparse = dense
    sparse.expectsSparseInputs = true
    let expected = gradient(dense, .dense(inputs.dense))
    #expect(expected.contains { $0 != 0 })
    #expect(difference(gradient(sparse, inputs), expected) < 1e-14)
  }

  @Test("how the weights are stored does not show: not in weights, sizes, equality or what is finite")
  func storage() {
    let dense = network([20, 7, 4])
    var sparse = dense
    sparse.expectsSparseInputs = true
    #expect(sparse == dense)
    #expect(sparse.sizes == [20, 7, 4])
    #expect(sparse.layers[0].weights == dense.layers[0].weights)
    #expect(sparse.sumOfSquaredWeights == dense.sumOfSquaredWeights)
    #expect(sparse.isFinite)
    sparse.expectsSparseInputs = false
    #expect(sparse == dense)
  }
}
