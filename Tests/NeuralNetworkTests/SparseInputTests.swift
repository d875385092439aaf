import LinearAlgebra
import NeuralNetwork
import SparseInputs
import Testing

@Suite("Sparse inputs") struct SparseInputTests {
  private let inputs: InputRows<Double>
  private let objective: Objective
  private let targets: Matrix<Double>

  init() throws {
    let bytes: [UInt8] = (0..<120).map { (index: UInt8) in index % 5 == 2 ? index + 1 : 0 }
    var rows = SparseRows<Double>(values: (0...255).map { Double($0) / 255 }, columnCount: 20, capacity: 6)
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
    var update: any LayerUpdate<Double> = GradientDescent(
      learningRate: 0.5, decay: WeightDecay(l2: 1, l1: 0, trainingCount: 2))
    network.backpropagate(&workspace, inputs: inputs, update: &update)
    return (workspace.weightedInputs, network)
  }

  private func difference(_ numbers: [Double], _ others: [Double]) -> Double {
    zip(numbers, others).map { abs($0 - $1) }.max() ?? .infinity
  }

  private func parameters(_ network: Network<Double>) -> [Double] {
    network.layers.flatMap { $0.weights.elements + $0.biases }
  }

  @Test("a network computes and learns the same in either form", arguments: [[7], []])
  func equivalence(hidden: [Int]) {
    let dense = network([20] + hidden + [4])
    var sparse = dense
    sparse.storeInPanels(true)
    #expect(sparse.storesPanels && !dense.storesPanels)
    let (z, trained) = step(dense, .dense(inputs.dense))
    #expect(difference(parameters(trained), parameters(dense)) > 0.01)
    let (other, otherTrained) = step(sparse, inputs)
    #expect(otherTrained.storesPanels)
    #expect(difference(other.elements, z.elements) < 1e-14)
    #expect(difference(parameters(otherTrained), parameters(trained)) < 1e-14)
  }

  @Test("the gradient is the same in either form")
  func gradient() {
    func gradient(_ network: Network<Double>, _ inputs: InputRows<Double>) -> [Double] {
      var network = network
      var workspace = Workspace<Double>(for: network.sizes, capacity: 3)
      var sum: any LayerUpdate<Double> = GradientSum(for: network)
      network.propagate(inputs, in: &workspace)
      objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: targets)
      network.backpropagate(&workspace, inputs: inputs, update: &sum)
      return parameters(sum.moments[0])
    }
    let dense = network([20, 7, 4])
    var sparse = dense
    sparse.storeInPanels(true)
    let expected = gradient(dense, .dense(inputs.dense))
    #expect(expected.contains { $0 != 0 })
    #expect(difference(gradient(sparse, inputs), expected) < 1e-14)
  }

  @Test("the form of the weights does not show: not in weights, sizes, equality or finiteness")
  func storage() {
    let dense = network([20, 7, 4])
    var sparse = dense
    sparse.storeInPanels(true)
    #expect(sparse == dense)
    #expect(sparse.sizes == [20, 7, 4])
    #expect(sparse.layers[0].weights == dense.layers[0].weights)
    // The sums have the order of the storage.
    #expect(abs(sparse.sumOfSquaredWeights / dense.sumOfSquaredWeights - 1) < 1e-14)
    #expect(sparse.isFinite)
    sparse.storeInPanels(false)
    #expect(sparse == dense && !sparse.storesPanels)
  }

  @Test("inputs of the other form stop the program: nothing is converted in silence")
  func otherForm() async {
    await #expect(processExitsWith: .failure) {
      var workspace = Workspace<Double>(for: [2, 1], capacity: 1)
      var network = Network<Double>(zeros: [2, 1])
      network.storeInPanels(true)
      network.propagate(.dense(Matrix(rows: 1, columns: 2)), in: &workspace)
    }
    await #expect(processExitsWith: .failure) {
      var workspace = Workspace<Double>(for: [2, 1], capacity: 1)
      var rows = SparseRows<Double>(values: Array(repeating: 0, count: 256), columnCount: 2, capacity: 1)
      rows.select([0], of: CompressedRows([0, 1].span, columnCount: 2))
      Network<Double>(zeros: [2, 1]).propagate(.sparse(rows), in: &workspace)
    }
  }
}
