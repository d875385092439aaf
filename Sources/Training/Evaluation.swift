import Datasets
import LinearAlgebra
import NeuralNetwork

/// What a network costs and how often it is right, over a number of examples.
public struct Evaluation: Equatable, Sendable {
  /// The sum of the examples' costs, without the weight penalty.
  public private(set) var totalCost = 0.0

  /// The number of examples whose greatest output is that of their class; of equal outputs the first counts.
  public private(set) var correctCount = 0

  /// The number of examples.
  public private(set) var count = 0

  /// Nothing evaluated yet.
  public init() {}

  /// What has been evaluated elsewhere.
  public init(totalCost: Double, correctCount: Int, count: Int) {
    (self.totalCost, self.correctCount, self.count) = (totalCost, correctCount, count)
  }

  /// The mean cost of an example.
  public var cost: Double { totalCost / Double(count) }

  /// The fraction of examples that are classified correctly.
  public var accuracy: Double { Double(correctCount) / Double(count) }

  /// Adds a mini-batch whose forward pass has just been made.
  ///
  /// The greatest output belongs to the greatest weighted input, for every output layer, and weighted inputs still
  /// differ where outputs have rounded to the same 1.
  mutating func add<Scalar: BLASScalar>(
    _ batch: MiniBatch<Scalar>, weightedInputs z: Matrix<Scalar>, under objective: Objective
  ) {
    totalCost += objective.cost(weightedInputs: z, targets: batch.targets)
    for (row, label) in batch.labels.enumerated() where z.indexOfMaximum(inRow: row) == Int(label) {
      correctCount += 1
    }
    count += batch.count
  }
}

/// Examples in a forward pass of an evaluation. It is a constant because the bits of a product can depend on the number
/// of rows.
public let evaluationChunkSize = 256

/// Evaluates networks on whole data sets, with buffers of its own.
struct Evaluator<Scalar: BLASScalar> {
  private let objective: Objective
  private let kernel: InputKernel
  private var batch: MiniBatch<Scalar>
  private var workspace: Workspace<Scalar>

  init(for sizes: [Int], objective: Objective, labelSmoothing: Double, kernel: InputKernel) {
    self.objective = objective
    self.kernel = kernel
    batch = MiniBatch(
      capacity: evaluationChunkSize, sizes: sizes, objective: objective, labelSmoothing: labelSmoothing, kernel: kernel)
    workspace = Workspace(for: sizes, capacity: evaluationChunkSize)
  }

  /// Cost and accuracy of a network on some examples; `nil` if `shouldContinue` said no.
  mutating func evaluate(
    _ network: Network<Scalar>, on examples: Examples, shouldContinue: () -> Bool
  ) -> Evaluation? {
    let order = ExampleOrder(count: evaluationChunkSize)
    var evaluation = Evaluation()
    for first in stride(from: examples.range.lowerBound, to: examples.range.upperBound, by: evaluationChunkSize) {
      guard shouldContinue() else { return nil }
      var chunk = Examples(
        of: examples.dataset, in: first..<min(first + evaluationChunkSize, examples.range.upperBound))
      if kernel == .sparse { chunk.compressPixels() }
      batch.gather(chunk, in: order, 0..<chunk.count)
      network.propagate(batch.inputs, in: &workspace)
      evaluation.add(batch, weightedInputs: workspace.weightedInputs, under: objective)
    }
    return evaluation
  }
}

extension MiniBatch {
  /// Room for mini-batches for a network of the given sizes, with the targets of an objective.
  init(capacity: Int, sizes: [Int], objective: Objective, labelSmoothing: Double, kernel: InputKernel) {
    let classCount = sizes[sizes.count - 1]
    let (hit, miss) = objective.targets(classCount: classCount, smoothing: labelSmoothing)
    self.init(
      capacity: capacity, pixelCount: sizes[0], classCount: classCount, hit: Scalar(hit), miss: Scalar(miss),
      isSparse: kernel == .sparse)
  }
}
