import Datasets
public import LinearAlgebra
import NeuralNetwork
public import Safetensors

/// What is wrong with a file as a checkpoint, though it is a safetensors file.
public enum CheckpointFault: Error, Equatable, CustomStringConvertible {
  /// It is something else.
  case noCheckpoint
  /// It is a checkpoint of a later version of this program.
  case unknownSchema(String)
  /// Its contents are not those that were written.
  case changed
  /// A tensor is missing, or not what it should be.
  case malformed(String)

  /// Fault and remedy.
  public var description: String {
    switch self {
    case .noCheckpoint: "it is no checkpoint; choose a file that --checkpoint wrote"
    case .unknownSchema(let schema):
      "it is a checkpoint of schema \(schema.prefix(20)), which this version does not know; use the version that wrote it"
    case .changed: "its contents are not what was written, by their SHA-256; take a copy that is whole, or start anew"
    case .malformed(let name): "its \(name) is missing or makes no sense; take a copy that is whole, or start anew"
    }
  }
}

/// The state of a training as the contents of a file, with metadata that say what run it belongs to.
///
/// | tensor | contents |
/// |---|---|
/// | `network.layers.i.weight`, `.bias` | the network; where its first layer has a `.scale`, its weights are scale·weight |
/// | `best.layers.i.weight`, `.bias` | the network of the best epoch |
/// | `streams.weights`, `streams.order` | the states of both random streams, four words each |
/// | `history` | a row for each epoch that is done: `EpochRecord.figures` |
/// | `partial_epoch` | the epoch under way: `PartialEpoch.figures` |
/// | `seconds` | the time of all that is done |
///
/// The metadata have the SHA-256 of all that, and of themselves: no change goes unnoticed.
public struct Checkpoint: Sendable {
  private static let format = "nettrain checkpoint"
  private static let schema = "1"

  /// The contents of the file, but for what is added to know it by.
  private let contents: Safetensors

  /// What was said of the run.
  public var metadata: [String: String] { contents.metadata }

  /// The number of epochs that are done.
  public var epochsDone: Int { contents.tensors["history"]?.shape.first ?? 0 }

  /// The state of a training.
  public init<Scalar: BLASScalar>(_ state: TrainingState<Scalar>, metadata: [String: String]) {
    var tensors = Safetensors(model: state.network, metadata: [:]).tensors.prefixed("network.")
    if state.network.expectsSparseInputs {
      let stored = state.network.layers[0].storedWeights
      tensors["network.layers.0.weight"] = Tensor(stored.unscaled)
      tensors["network.layers.0.scale"] = Tensor([stored.scale], shape: [1])
    }
    if let best = state.bestNetwork {
      tensors.merge(Safetensors(model: best, metadata: [:]).tensors.prefixed("best.")) { $1 }
    }
    tensors["streams.weights"] = Tensor(state.weightsGenerator.state, shape: [4])
    tensors["streams.order"] = Tensor(state.orderGenerator.state, shape: [4])
    tensors["history"] = Tensor(
      state.history.flatMap(\.figures), shape: [state.history.count, EpochRecord.figureCount])
    tensors["partial_epoch"] = Tensor(state.partialEpoch.figures, shape: [PartialEpoch.figureCount])
    tensors["seconds"] = Tensor([state.seconds], shape: [1])
    contents = Safetensors(tensors: tensors, metadata: metadata)
  }

  /// The checkpoint in a file.
  /// - Throws: `CheckpointFault`, if it is none or was changed.
  public init(_ file: Safetensors) throws(CheckpointFault) {
    guard file.metadata["format"] == Self.format else { throw .noCheckpoint }
    guard let schema = file.metadata["schema"], schema == Self.schema else {
      throw .unknownSchema(file.metadata["schema"] ?? "?")
    }
    var metadata = file.metadata
    guard let digest = metadata.removeValue(forKey: "sha256"), digest == Self.digest(file.tensors, metadata) else {
      throw .changed
    }
    metadata["format"] = nil
    metadata["schema"] = nil
    contents = Safetensors(tensors: file.tensors, metadata: metadata)
  }

  /// The contents of the file.
  public var file: Safetensors {
    var metadata = contents.metadata
    metadata["format"] = Self.format
    metadata["schema"] = Self.schema
    metadata["sha256"] = Self.digest(contents.tensors, metadata)
    return Safetensors(tensors: contents.tensors, metadata: metadata)
  }

  private static func digest(_ tensors: [String: Tensor], _ metadata: [String: String]) -> String {
    SHA256Digest.hexadecimal(of: Safetensors(tensors: tensors, metadata: metadata).encoded())
  }

  /// The state of the training.
  ///
  /// - Parameters:
  ///   - type: The precision of the network.
  ///   - sizes: The sizes of its layers, inputs first.
  ///   - trainingCount: The number of its training examples.
  ///   - batchSize: The examples in a mini-batch.
  /// - Returns: The state, from which a trainer can go on.
  /// - Throws: `CheckpointFault`, if the contents are not such a state.
  public func state<Scalar: BLASScalar>(
    _ type: Scalar.Type, sizes: [Int], trainingCount: Int, batchSize: Int
  ) throws(CheckpointFault) -> TrainingState<Scalar> {
    var network = try network("network.", sizes, Scalar.self)
    if contents.tensors["network.layers.0.scale"] != nil {
      let scale = try numbers("network.layers.0.scale", shape: [1])[0]
      guard scale > 0, scale.isFinite else { throw .malformed("network.layers.0.scale") }
      network.restoreFirstLayer(scale: scale)
    }
    var state = TrainingState(
      network: network, weightsGenerator: try generator("streams.weights"),
      orderGenerator: try generator("streams.order"))
    if contents.tensors["best.layers.0.weight"] != nil {
      state.bestNetwork = try self.network("best.", sizes, Scalar.self)
    }

    guard let history = contents.tensors["history"], history.shape.count == 2 else { throw .malformed("history") }
    let figures = try numbers("history", shape: [history.shape[0], EpochRecord.figureCount])
    for epoch in 0..<history.shape[0] {
      let row = figures[epoch * EpochRecord.figureCount..<(epoch + 1) * EpochRecord.figureCount]
      guard let record = EpochRecord(figures: Array(row)), record.epoch == epoch + 1 else {
        throw .malformed("history")
      }
      state.history.append(record)
    }
    let partial = PartialEpoch(figures: try numbers("partial_epoch", shape: [PartialEpoch.figureCount]))
    guard let partial, partial.examplesSeen <= trainingCount,
      partial.examplesSeen == trainingCount || partial.examplesSeen.isMultiple(of: batchSize)
    else { throw .malformed("partial_epoch") }
    state.partialEpoch = partial
    let seconds = try numbers("seconds", shape: [1])[0]
    guard isDuration(seconds) else { throw .malformed("seconds") }
    state.seconds = seconds
    guard state.network.isFinite, state.bestNetwork?.isFinite ?? true else { throw .malformed("network") }
    return state
  }

  private func network<Scalar: BLASScalar>(
    _ prefix: String, _ sizes: [Int], _: Scalar.Type
  ) throws(CheckpointFault) -> Network<Scalar> {
    var layers: [Layer<Scalar>] = []
    for (index, (inputs, outputs)) in zip(sizes, sizes.dropFirst()).enumerated() {
      let name = "\(prefix)layers.\(index)."
      layers.append(
        Layer(
          weights: Matrix(
            rows: outputs, columns: inputs, elements: try scalars(name + "weight", shape: [outputs, inputs])),
          biases: try scalars(name + "bias", shape: [outputs])))
    }
    return Network(layers: layers)
  }

  private func numbers(_ name: String, shape: [Int]) throws(CheckpointFault) -> [Double] {
    guard let tensor = contents.tensors[name], tensor.shape == shape, let numbers = tensor.doubles else {
      throw .malformed(name)
    }
    return numbers
  }

  private func scalars<Scalar: BLASScalar>(_ name: String, shape: [Int]) throws(CheckpointFault) -> [Scalar] {
    guard let tensor = contents.tensors[name], tensor.shape == shape,
      let numbers = (Scalar.self == Float.self ? tensor.floats as? [Scalar] : tensor.doubles as? [Scalar])
    else { throw .malformed(name) }
    return numbers
  }

  private func generator(_ name: String) throws(CheckpointFault) -> Xoshiro256StarStar {
    guard let words = contents.tensors[name]?.words, words.count == 4, words.contains(where: { $0 != 0 }) else {
      throw .malformed(name)
    }
    return Xoshiro256StarStar(state: words[0], words[1], words[2], words[3])
  }
}

/// Whether a number of seconds is one that a run can take.
func isDuration(_ seconds: Double) -> Bool { seconds >= 0 && seconds < 1e12 }

extension [String: Tensor] {
  fileprivate func prefixed(_ prefix: String) -> Self {
    Dictionary(uniqueKeysWithValues: map { (prefix + $0.key, $0.value) })
  }
}
