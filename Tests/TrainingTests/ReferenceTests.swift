import Datasets
import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing
import Training

/// One epoch against the numbers of an independent NumPy program, `Reference/make_reference.py`.
@Suite("Reference training") struct ReferenceTests {
  private static let sizes = [784, 8, 6, 10]
  private static let pairs: [(OutputLayer, Cost, rate: Double)] = [
    (.sigmoid, .quadratic, 3), (.sigmoid, .crossEntropy, 0.5), (.softmax, .quadratic, 1),
    (.softmax, .crossEntropy, 0.5), (.linear, .quadratic, 0.05),
  ]

  /// The start that the program has as well: (7919·i mod 10007)/10007 − ½, times 2/√inputs.
  private func initialNetwork() -> Network<Double> {
    var next = 0
    return Network(
      layers: zip(Self.sizes, Self.sizes.dropFirst()).map { inputs, outputs in
        func value() -> Double {
          defer { next += 1 }
          return (Double(7919 * next % 10007) / 10007 - 0.5) * (2 / Double(inputs).squareRoot())
        }
        let weights = (0..<inputs * outputs).map { _ in value() }
        let biases = (0..<outputs).map { _ in value() }
        return Layer(weights: Matrix(rows: outputs, columns: inputs, elements: weights), biases: biases)
      })
  }

  /// The program's numbers for each pair: parameters, cost, accuracy.
  private func reference() throws -> [[Double]] {
    let file = try #require(Bundle.module.url(forResource: "epoch", withExtension: "f64", subdirectory: "Reference"))
    let bytes = [UInt8](try Data(contentsOf: file))
    let numbers = stride(from: 0, to: bytes.count, by: 8).map { first in
      Double(bitPattern: bytes[first..<first + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
    let count = numbers.count / Self.pairs.count
    try #require(count == initialNetwork().parameterCount + 2)
    return stride(from: 0, to: numbers.count, by: count).map { Array(numbers[$0..<$0 + count]) }
  }

  @Test(
    "an epoch in file order, with weight decay and a short last mini-batch, gives NumPy's weights to 1e-12",
    arguments: 0..<5)
  func epoch(pair: Int) throws {
    let (output, cost, rate) = Self.pairs[pair]
    let folder = try bundledDigits()
    var trainer = Trainer(
      initialNetwork(), objective: try Objective(output: output, cost: cost),
      hyperparameters: Hyperparameters(learningRate: rate, l2: 5, shuffles: false),
      split: try Split(folder.training, limit: 205), test: Examples(of: folder.test))
    let summary = try trainer.train(epochs: 1) { _, _ in
    } shouldContinue: { _ in
      true
    }
    let training = try #require(summary.last?.training)

    let numbers = trainer.network.layers.flatMap { $0.weights.elements + $0.biases }
    let expected = try reference()[pair]
    let start = initialNetwork().layers.flatMap { $0.weights.elements + $0.biases }
    let largestError = zip(numbers, expected).map { abs($0 - $1) }.max() ?? .infinity
    let largestStep = zip(start, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(largestStep > 0.01, "weights that stay where they were check nothing")
    #expect(largestError <= 1e-12)
    #expect(abs(training.cost - expected[numbers.count]) <= 1e-12)
    #expect(training.accuracy == expected[numbers.count + 1])
  }
}
