import Datasets
import LinearAlgebra
import NeuralNetwork
import SparseInputs

/// The examples in a forward pass of an evaluation. It is a constant because the bits of a product can depend on the number
/// of rows.
public let evaluationChunkSize = 256

/// Evaluates networks on whole data sets, with its own buffers.
struct Evaluator<Scalar: SparseScalar> {
  private let objective: Objective
  private let order: ExampleOrder
  private var batch: MiniBatch<Scalar>
  private var workspace: Workspace<Scalar>

  /// An evaluator for networks of the given sizes, with the targets of an objective.
  init(for sizes: [Int], _ objective: Objective, _ configuration: TrainingConfiguration, _ data: TrainingData) {
    self.objective = objective
    order = ExampleOrder(count: max(data.validation?.count ?? 0, data.test.count))
    batch = MiniBatch(capacity: evaluationChunkSize, objective, configuration, data)
    workspace = Workspace(for: sizes, capacity: evaluationChunkSize)
  }

  /// Cost and accuracy of a network on some examples, with those that are right; `nil` if `shouldContinue` returned false.
  mutating func evaluate(
    _ network: Network<Scalar>, on examples: Examples, shouldContinue: () -> Bool
  ) -> (evaluation: Evaluation, correct: CorrectBits)? {
    var (evaluation, correct) = (Evaluation(), CorrectBits(count: examples.count))
    for first in stride(from: 0, to: examples.count, by: evaluationChunkSize) {
      guard shouldContinue() else { return nil }
      batch.gather(examples, in: order, first..<min(first + evaluationChunkSize, examples.count))
      network.propagate(batch.inputs, in: &workspace)
      evaluation.add(batch, weightedInputs: workspace.weightedInputs, under: objective) { correct[$0] = true }
    }
    return (evaluation, correct)
  }

  /// The mean cost of some examples under every cost that the output layer has, for plain targets of 0 and 1: one measure for
  /// networks that were trained differently.
  mutating func costs(_ network: Network<Scalar>, on examples: Examples, classCount: Int) -> [Cost: Double] {
    let objectives = Cost.allCases.compactMap {
      try? Objective(output: objective.output, cost: $0, softmaxScale: objective.softmaxScale)
    }
    var sums: [Cost: Double] = [:]
    for start in stride(from: 0, to: examples.count, by: evaluationChunkSize) {
      batch.gather(examples, in: order, start..<min(start + evaluationChunkSize, examples.count))
      network.propagate(batch.inputs, in: &workspace)
      var targets = Matrix<Scalar>(rows: batch.count, columns: classCount)
      for (row, label) in batch.labels.enumerated() { targets[row, Int(label)] = 1 }
      for objective in objectives {
        sums[objective.cost, default: 0] += objective.cost(weightedInputs: workspace.weightedInputs, targets: targets)
      }
    }
    return sums.mapValues { $0 / Double(examples.count) }
  }

  /// Whether a network has the same outputs, but for rounding, for all of some examples.
  mutating func hasEqualOutputs(_ network: Network<Scalar>, on examples: Examples) -> Bool {
    var first: [Scalar] = []
    for start in stride(from: 0, to: examples.count, by: evaluationChunkSize) {
      batch.gather(examples, in: order, start..<min(start + evaluationChunkSize, examples.count))
      network.propagate(batch.inputs, in: &workspace)
      var outputs = workspace.weightedInputs
      objective.activate(&outputs)
      for row in 0..<outputs.rows {
        let outputs = outputs.elements[row * outputs.columns..<(row + 1) * outputs.columns]
        if first.isEmpty { first = Array(outputs) }
        let isEqual = zip(first, outputs).allSatisfy { ($0 - $1).magnitude <= 1e-6 * max(1, $0.magnitude) }
        guard isEqual else { return false }
      }
    }
    return true
  }
}

extension MiniBatch {
  /// Buffers for mini-batches of some data, with the targets of an objective.
  init(capacity: Int, _ objective: Objective, _ configuration: TrainingConfiguration, _ data: TrainingData) {
    self.init(
      capacity: capacity, pixelCount: data.pixelCount, classCount: data.classCount,
      targets: configuration.targets(of: objective, classCount: data.classCount),
      isSparse: configuration.kernel == .sparse)
  }
}
