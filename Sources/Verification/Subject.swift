public import Datasets
import LinearAlgebra
import NeuralNetwork
import Training

/// What the claims are checked on: real digits, and networks that the program has trained on them.
public struct Subject: Sendable {
  /// The sizes of the networks, inputs first.
  public let sizes: [Int]

  /// A network at its start and after some epochs.
  struct Pair: Sendable {
    var objective: Objective
    var initial: Network<Double>
    var trained: Network<Double>

    /// Output, scale and cost, for people.
    var name: String {
      let scale = objective.softmaxScale == 1 ? "" : " of \(Int(objective.softmaxScale))z"
      return "\(objective.output)\(scale), \(objective.cost.rawValue)"
    }
  }

  /// The training of a network that was to be looked at has diverged.
  public struct Divergence: Error, CustomStringConvertible {
    let name: String

    /// What diverged, and what to do.
    public var description: String { "the training of \(name) diverged; choose other hidden layers" }
  }

  let pairs: [Pair]
  let test: Examples
  let training: Examples

  /// Trains a network for each objective, softmax with c = 2 included.
  ///
  /// - Parameters:
  ///   - folder: The digits.
  ///   - hidden: The sizes of the hidden layers.
  ///   - seed: The seed of weights and order.
  /// - Throws: `Divergence`.
  public init(folder: DataFolder, hidden: [Int], seed: UInt64) throws {
    let sizes = [folder.training.pixelCount] + hidden + [folder.classCount]
    let split = try Split(folder.training, limit: 5000)
    self.sizes = sizes
    test = Examples(of: folder.test)
    training = split.training
    let objectives =
      try Objective.all + Cost.allCases.map { try Objective(output: .softmax, cost: $0, softmaxScale: 2) }
    pairs = try objectives.map { objective in
      let initial = Network<Double>(sizes: sizes, initialization: .scaled, seed: seed)
      let hyperparameters = Hyperparameters(
        batchSize: min(10, split.training.count),
        learningRate: objective.defaultLearningRate(hasHiddenLayers: !hidden.isEmpty), seed: seed)
      var trainer = Trainer(
        initial, objective: objective, hyperparameters: hyperparameters, split: split,
        test: Examples(of: folder.test, in: 0..<1))
      let summary = try trainer.train(epochs: Self.epochs) { _, _ in
      } shouldContinue: { _ in
        true
      }
      let pair = Pair(objective: objective, initial: initial, trained: trainer.network)
      guard summary.status == .completed else { throw Divergence(name: pair.name) }
      return pair
    }
  }

  /// The epochs that the trained networks have learned.
  public static let epochs = 3

  /// The networks of an output layer, under each cost it has.
  func pairs(_ output: OutputLayer) -> [Pair] { pairs.filter { $0.objective.output == output } }

  /// The first digits of the training file with the targets of an objective, softened a little so that no formula for
  /// 0 and 1 alone is enough.
  func digits(_ count: Int, for objective: Objective, smoothing: Double = 0.1) -> MiniBatch<Double> {
    let count = min(count, training.count)
    let targets = objective.targets(classCount: sizes[sizes.count - 1], smoothing: smoothing)
    var batch = MiniBatch<Double>(
      capacity: count, pixelCount: sizes[0], classCount: sizes[sizes.count - 1], hit: targets.hit, miss: targets.miss)
    batch.gather(training, in: ExampleOrder(count: training.count), 0..<count)
    return batch
  }

  /// The weighted inputs of the output layer that a network has for the test digits, `[test digits, classes]`.
  func testWeightedInputs(_ network: Network<Double>) -> Matrix<Double> {
    var batch = MiniBatch<Double>(capacity: test.count, pixelCount: sizes[0], classCount: sizes[sizes.count - 1])
    var workspace = Workspace<Double>(for: sizes, capacity: test.count)
    batch.gather(test, in: ExampleOrder(count: test.count), 0..<test.count)
    network.propagate(batch.inputs, in: &workspace)
    return workspace.weightedInputs
  }

  /// Weighted inputs of single examples, of a softmax network before and after training.
  ///
  /// Those beyond 5 are drawn together to it: what is strictly positive in the mathematics is so in floating point, then.
  func softmaxInputs(_ count: Int) -> [[Double]] {
    pairs(.softmax).prefix(1).flatMap { pair in
      [pair.initial, pair.trained].flatMap { network in
        let z = testWeightedInputs(network)
        return (0..<min(count, z.rows)).map { row in
          let inputs = (0..<z.columns).map { z[row, $0] }
          let greatest = inputs.map(abs).max() ?? 0
          return inputs.map { $0 * min(1, 5 / greatest) }
        }
      }
    }
  }
}
