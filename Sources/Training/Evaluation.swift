import Datasets
import LinearAlgebra
import NeuralNetwork
import SparseInputs

/// The cost and accuracy of a network over a number of examples.
public struct Evaluation: Codable, Equatable, Sendable {
  /// The sum of the examples' costs, without the weight penalty.
  public private(set) var totalCost = 0.0

  /// The number of examples whose greatest output is that of their class; of equal outputs the first counts.
  public private(set) var correctCount = 0

  /// The number of examples.
  public private(set) var count = 0

  /// Nothing evaluated yet.
  public init() {}

  /// The mean cost of an example.
  public var cost: Double { totalCost / Double(count) }

  /// The fraction of examples that are classified correctly; NaN where the cost is not finite, for then the outputs mean
  /// nothing.
  public var accuracy: Double { totalCost.isFinite ? Double(correctCount) / Double(count) : .nan }

  /// Adds a mini-batch after its forward pass.
  ///
  /// The greatest output belongs to the greatest weighted input, for every output layer, and weighted inputs still
  /// differ where outputs have rounded to the same 1.
  /// - Parameters:
  ///   - batch: The mini-batch.
  ///   - z: The weighted inputs of the output layer, `[B, classes]`.
  ///   - objective: The objective that gives the costs.
  ///   - markCorrect: Is called for each example that is right, with its position among all that were added.
  mutating func add<Scalar: SparseScalar>(
    _ batch: MiniBatch<Scalar>, weightedInputs z: Matrix<Scalar>, under objective: Objective,
    markCorrect: (Int) -> Void = { _ in }
  ) {
    totalCost += objective.cost(weightedInputs: z, targets: batch.targets)
    for (row, label) in batch.labels.enumerated() where z.indexOfMaximum(inRow: row) == Int(label) {
      correctCount += 1
      markCorrect(count + row)
    }
    count += batch.count
  }

  /// Whether the values, if they come from a file, can be those of an evaluation.
  var isSensible: Bool { totalCost.isFinite && (0...max(0, count)).contains(correctCount) }
}
