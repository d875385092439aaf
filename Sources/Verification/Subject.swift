public import Datasets
import LinearAlgebra
import NeuralNetwork
import Training

/// The digits and networks that the claims are checked on: real digits, and networks trained on them.
public struct Subject: Sendable {
  /// The sizes of the networks, inputs first.
  public let sizes: [Int]

  /// The weights of a layer, at most, that are compared with differences, evenly chosen.
  public var comparedWeights = 200

  /// A network at its start and after some epochs.
  struct Pair: Sendable {
    var objective: Objective
    var initial: Network<Double>
    var trained: Network<Double>

    /// Output, scale and cost, and the hidden neurons if they are not sigmoid, for people.
    var name: String {
      let scale = objective.softmaxScale == 1 ? "" : " of \(Int(objective.softmaxScale))z"
      let neurons = initial.activation == .sigmoid ? "" : ", \(initial.activation)"
      return "\(objective.output)\(scale), \(objective.cost.rawValue)\(neurons)"
    }
  }

  /// The training of a network has diverged.
  public struct Divergence: Error, CustomStringConvertible {
    let name: String

    /// Fault and remedy.
    public var description: String { "the training of \(name) diverged; choose other hidden layers" }
  }

  /// Networks of sigmoid neurons.
  let pairs: [Pair]

  /// Networks of other neurons.
  let otherNeurons: [Pair]

  private let data: TrainingData

  /// Trains a network for each objective, softmax with c = 2 included, and one for each other activation function.
  ///
  /// - Parameters:
  ///   - folder: The digits.
  ///   - hidden: The sizes of the hidden layers.
  ///   - seed: The seed of weights and order.
  /// - Throws: `Divergence`.
  public init(folder: DataFolder, hidden: [Int], seed: UInt64) throws {
    let data = try TrainingData(folder, .init(limit: 5000))
    let trained = TrainingData(
      training: data.training, validation: nil, test: Examples(of: folder.test, in: 0..<1),
      classCount: data.classCount)
    func train(_ objective: Objective, _ activation: Activation) throws -> Pair {
      var configuration = TrainingConfiguration(
        learningRate: objective.defaultLearningRate(activation, hasHiddenLayers: !hidden.isEmpty))
      (configuration.output, configuration.cost) = (objective.output, objective.cost)
      configuration.softmaxScale = objective.softmaxScale
      (configuration.hidden, configuration.activation) = (hidden, activation)
      // Rectifiers too begin with biases: with those of 0, one above neurons that are all 0 would be at its kink.
      configuration.initialization = .scaled
      configuration.batchSize = min(configuration.batchSize, data.training.count)
      configuration.epochs = Self.epochs
      configuration.seed = seed
      var trainer = try Trainer<Double>(configuration, trained)
      let initial = trainer.network
      let summary = try trainer.train()
      let pair = Pair(objective: objective, initial: initial, trained: trainer.network)
      guard summary.status == .completed else { throw Divergence(name: pair.name) }
      return pair
    }
    self.data = data
    sizes = [data.pixelCount] + hidden + [data.classCount]
    pairs = try Self.objectives.map { try train($0, .sigmoid) }
    otherNeurons = try Self.otherActivations.map { try train(Objective(output: .softmax, cost: .crossEntropy), $0) }
  }

  private static var otherActivations: [Activation] { Activation.allCases.filter { $0 != .sigmoid } }

  /// The objectives of the networks.
  private static var objectives: [Objective] {
    get throws { try Objective.all + Cost.allCases.map { try Objective(output: .softmax, cost: $0, softmaxScale: 2) } }
  }

  /// The number of networks that are trained.
  public static var networkCount: Int { Objective.all.count + Cost.allCases.count + otherActivations.count }

  /// The epochs that the trained networks have learned.
  public static let epochs = 3

  /// The networks of an output layer, under each cost it has.
  func pairs(_ output: OutputLayer) -> [Pair] { pairs.filter { $0.objective.output == output } }

  /// The first digits of the training file with the targets of an objective, softened a little so that no formula for
  /// 0 and 1 alone is enough.
  func digits(_ count: Int, for objective: Objective, smoothing: Double = 0.1) -> MiniBatch<Double> {
    let count = min(count, data.training.count)
    var batch = MiniBatch<Double>(
      capacity: count, pixelCount: data.pixelCount, classCount: data.classCount,
      targets: objective.targets(classCount: data.classCount, smoothing: smoothing))
    batch.gather(data.training, in: ExampleOrder(count: data.training.count), 0..<count)
    return batch
  }

  /// Mini-batches of ten digits that follow one another in the training file, from its beginning again if it ends.
  func miniBatches(_ count: Int, for objective: Objective) -> [MiniBatch<Double>] {
    let size = min(10, data.training.count)
    let order = ExampleOrder(count: data.training.count)
    return (0..<count).map { index in
      var batch = digits(size, for: objective)
      let first = index * size % (data.training.count - size + 1)
      batch.gather(data.training, in: order, first..<first + size)
      return batch
    }
  }

  /// The weighted inputs of a network's output layer for the test digits, `[test digits, classes]`.
  func testWeightedInputs(_ network: Network<Double>) -> Matrix<Double> {
    let (count, chunk) = (data.test.count, min(data.test.count, evaluationChunkSize))
    let order = ExampleOrder(count: count)
    var batch = MiniBatch<Double>(capacity: chunk, pixelCount: data.pixelCount, classCount: data.classCount)
    var workspace = Workspace<Double>(for: sizes, capacity: chunk)
    var elements: [Double] = []
    elements.reserveCapacity(count * data.classCount)
    for first in stride(from: 0, to: count, by: chunk) {
      batch.gather(data.test, in: order, first..<min(first + chunk, count))
      network.propagate(batch.inputs, in: &workspace)
      elements += workspace.weightedInputs.elements
    }
    return Matrix(rows: count, columns: data.classCount, elements: elements)
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
