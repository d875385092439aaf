import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

/// What the scripts in the folder `Reference` and the tests agree on.
enum Reference {
  static let hidden = [8, 6]
  private static let sizes = [784] + hidden + [10]

  /// The pairs in the scripts' order, with the rates of training.
  static let pairs: [(OutputLayer, Cost, rate: Double)] = [
    (.sigmoid, .quadratic, 3), (.sigmoid, .crossEntropy, 0.5), (.softmax, .quadratic, 1),
    (.softmax, .crossEntropy, 0.5), (.linear, .quadratic, 0.05),
  ]

  /// The start that the scripts have as well: (7919·i mod 10007)/10007 − ½, times 2/√inputs.
  static func initialNetwork(
    _ sizes: [Int] = sizes, _ activation: Activation = .sigmoid
  ) -> Network<Double> {
    var next = 0
    return Network(
      layers: zip(sizes, sizes.dropFirst()).map { inputs, outputs in
        func value() -> Double {
          defer { next += 1 }
          return (Double(7919 * next % 10007) / 10007 - 0.5) * (2 / Double(inputs).squareRoot())
        }
        let weights = (0..<inputs * outputs).map { _ in value() }
        let biases = (0..<outputs).map { _ in value() }
        return Layer(weights: Matrix(rows: outputs, columns: inputs, elements: weights), biases: biases)
      }, activation: activation)
  }

  /// The numbers of a file of little-endian doubles, in equal parts for each pair.
  static func numbers(_ name: String) throws -> [[Double]] {
    let file = try #require(Bundle.module.url(forResource: name, withExtension: "f64", subdirectory: "Reference"))
    let bytes = [UInt8](try Data(contentsOf: file))
    let numbers = stride(from: 0, to: bytes.count, by: 8).map { first in
      Double(bitPattern: bytes[first..<first + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
    let count = numbers.count / pairs.count
    try #require(count >= initialNetwork().parameterCount)
    return stride(from: 0, to: numbers.count, by: count).map { Array(numbers[$0..<$0 + count]) }
  }
}
