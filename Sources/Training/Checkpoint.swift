import Datasets
import LinearAlgebra
import NeuralNetwork
public import Safetensors
public import SparseInputs

/// The state of a training as the contents of a file, with its configuration and provenance.
///
/// | tensor | contents |
/// |---|---|
/// | `network.layers.i.weight`, `.bias` | the network; if its first layer has a `.scale`, its weights are scale·weight |
/// | `best.layers.i.weight`, `.bias` | the network of the best epoch |
/// | `moments.j.layers.i.weight`, `.bias` | the velocities of momentum (j = 0), or Adam's means (0) and mean squares (1) |
///
/// | metadata | contents |
/// |---|---|
/// | `configuration`, `provenance` | the choices and circumstances of the training, in JSON |
/// | `progress` | the records of the finished epochs, the epoch under way and the time so far, in JSON |
/// | `sha256` | the digest of all the rest: no change goes unnoticed |
public struct Checkpoint: Sendable {
  private static let format = "nettrain checkpoint"
  private static let schema = "2"

  /// The configuration of the training.
  public let configuration: TrainingConfiguration

  /// The circumstances of the training.
  public let provenance: Provenance

  private let progress: Progress
  private let tensors: [String: Tensor]

  private struct Progress: Codable {
    var history: [EpochRecord]
    var partialEpoch: PartialEpoch
    var seconds: Double
    var testCorrect: String?
    var testCorrectAtBest: String?
  }

  /// The number of finished epochs.
  public var epochsDone: Int { progress.history.count }

  /// A checkpoint of a training.
  public init<Scalar: SparseScalar>(
    _ state: TrainingState<Scalar>, configuration: TrainingConfiguration, provenance: Provenance
  ) {
    var tensors = Self.exactTensors(of: state.network, prefix: "network.")
    for (index, moments) in state.moments.enumerated() {
      tensors.merge(Self.exactTensors(of: moments, prefix: "moments.\(index).")) { $1 }
    }
    if let best = state.bestNetwork { tensors.merge(Safetensors.tensors(of: best, prefix: "best.")) { $1 } }
    self.tensors = tensors
    self.configuration = configuration
    self.provenance = provenance
    progress = Progress(
      history: state.history, partialEpoch: state.partialEpoch, seconds: state.seconds,
      testCorrect: state.history.isEmpty ? nil : state.testCorrect?.base64,
      testCorrectAtBest: state.history.isEmpty ? nil : state.testCorrectAtBest?.base64)
  }

  /// The tensors of a network with the bits of its panels: their product with the scale would be rounded.
  private static func exactTensors<Scalar: SparseScalar>(
    of network: Network<Scalar>, prefix: String
  ) -> [String: Tensor] {
    var tensors = Safetensors.tensors(of: network, prefix: prefix)
    if let panels = network.layers[0].panels {
      tensors["\(prefix)layers.0.weight"] = Tensor(panels.unscaledTransposed)
      tensors["\(prefix)layers.0.scale"] = Tensor([panels.scale], shape: [1])
    }
    return tensors
  }

  /// The checkpoint in a file's contents.
  /// - Throws: `TrainingError`, if they are not a checkpoint or were changed.
  package init(_ file: Safetensors) throws(TrainingError) {
    var metadata = file.metadata
    guard metadata.word("format") == Self.format else { throw .noCheckpoint }
    guard metadata.word("schema") == Self.schema else {
      throw .otherVersion(metadata.word("run.nettrain") ?? metadata.word("version") ?? "of another version")
    }
    let digest = metadata.word("sha256")
    metadata["sha256"] = nil
    guard digest == Self.digest(file.tensors, metadata) else {
      throw .changed
    }
    func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws(TrainingError) -> Value {
      do {
        return try JSONText.decode(type, from: metadata[name] ?? "")
      } catch {
        throw .malformed(name)
      }
    }
    do {
      configuration = try JSONText.decode(TrainingConfiguration.self, from: metadata["configuration"] ?? "")
    } catch DecodingError.keyNotFound {
      // The version that wrote it had fewer choices.
      throw .otherVersion(metadata.word("version") ?? "of another version")
    } catch {
      throw .malformed("configuration")
    }
    provenance = try decode(Provenance.self, "provenance")
    progress = try decode(Progress.self, "progress")
    tensors = file.tensors
    guard configuration.isValid else { throw .malformed("configuration") }
    guard provenance.isSensible else { throw .malformed("provenance") }
    let isConsecutive = progress.history.enumerated().allSatisfy { $1.epoch == $0 + 1 && $1.isSensible }
    let seen = progress.partialEpoch.examplesSeen
    guard isConsecutive, progress.partialEpoch.isSensible, isDuration(progress.seconds),
      seen == configuration.trainingCount
        || (seen < configuration.trainingCount && seen.isMultiple(of: configuration.batchSize)),
      Self.bits(progress.testCorrect, fit: progress.history.last { $0.test != nil }),
      Self.bits(progress.testCorrectAtBest, fit: configuration.bestEpoch(of: progress.history))
    else { throw .malformed("progress") }
  }

  /// The configuration and provenance in the metadata of a file that has not been checked; `nil` if there are none.
  public static func circumstances(in metadata: [String: String]) -> (TrainingConfiguration, Provenance)? {
    guard let configuration = metadata["configuration"], let provenance = metadata["provenance"],
      let configuration = try? JSONText.decode(TrainingConfiguration.self, from: configuration),
      let provenance = try? JSONText.decode(Provenance.self, from: provenance), configuration.isValid
    else { return nil }
    return (configuration, provenance)
  }

  /// Whether bits are those of a record: as many as it says are right.
  private static func bits(_ text: String?, fit record: EpochRecord?) -> Bool {
    guard let test = record?.test else { return text == nil }
    return text.flatMap { CorrectBits(base64: $0, count: test.count) }?.correctCount == test.correctCount
  }

  /// The contents of the file.
  public var file: Safetensors {
    var metadata = [
      "format": Self.format, "schema": Self.schema, "version": provenance.version,
      "configuration": JSONText.encode(configuration), "provenance": JSONText.encode(provenance),
      "progress": JSONText.encode(progress),
    ]
    metadata["sha256"] = Self.digest(tensors, metadata)
    return Safetensors(tensors: tensors, metadata: metadata)
  }

  private static func digest(_ tensors: [String: Tensor], _ metadata: [String: String]) -> String {
    SHA256Digest.hexadecimal(of: Safetensors(tensors: tensors, metadata: metadata).encoded())
  }

  /// The state of the training, from which a trainer can go on.
  ///
  /// - Parameters:
  ///   - type: The precision of the network.
  ///   - sizes: The sizes of its layers, inputs first.
  /// - Returns: The state.
  /// - Throws: `TrainingError`, if the networks are not of these sizes or not finite.
  package func state<Scalar: SparseScalar>(
    _ type: Scalar.Type, sizes: [Int]
  ) throws(TrainingError) -> TrainingState<Scalar> {
    var state = TrainingState(network: try network("network.", sizes, type))
    if tensors["best.layers.0.weight"] != nil { state.bestNetwork = try network("best.", sizes, type) }
    for index in 0..<configuration.momentCount {
      state.moments.append(try network("moments.\(index).", sizes, type))
    }
    guard state.network.isFinite, state.bestNetwork?.isFinite ?? true, state.moments.allSatisfy(\.isFinite) else {
      throw .malformed("network")
    }
    state.history = progress.history
    state.partialEpoch = progress.partialEpoch
    state.seconds = progress.seconds
    let testCount = state.history.lazy.compactMap(\.test).first?.count ?? 0
    func bits(_ text: String?) -> CorrectBits? {
      text.flatMap { CorrectBits(base64: $0, count: testCount) }
    }
    (state.testCorrect, state.testCorrectAtBest) = (bits(progress.testCorrect), bits(progress.testCorrectAtBest))
    return state
  }

  private func network<Scalar: SparseScalar>(
    _ prefix: String, _ sizes: [Int], _: Scalar.Type
  ) throws(TrainingError) -> Network<Scalar> {
    var layers: [Layer<Scalar>] = []
    for (index, (inputs, outputs)) in zip(sizes, sizes.dropFirst()).enumerated() {
      let name = "\(prefix)layers.\(index)."
      let weights = Matrix<Scalar>(
        rows: outputs, columns: inputs, elements: try scalars(name + "weight", shape: [outputs, inputs]))
      let biases: [Scalar] = try scalars(name + "bias", shape: [outputs])
      // Training reads the weights in the form of its kernel; the best network is kept as a model has it.
      let isSparse = index == 0 && configuration.kernel == .sparse
      guard tensors[name + "scale"] != nil ? isSparse : !isSparse || prefix == "best." else {
        throw .malformed(name + "scale")
      }
      guard let tensor = tensors[name + "scale"] else {
        layers.append(Layer(weights: weights, biases: biases))
        continue
      }
      guard tensor.shape == [1], let scale = tensor.doubles?.first, scale > 0, scale.isFinite else {
        throw .malformed(name + "scale")
      }
      layers.append(Layer(panels: PanelMatrix(transposing: weights, scale: scale), biases: biases))
    }
    return Network(layers: layers, activation: configuration.activation)
  }

  private func scalars<Scalar: SparseScalar>(_ name: String, shape: [Int]) throws(TrainingError) -> [Scalar] {
    guard let tensor = tensors[name], tensor.shape == shape,
      let numbers = Scalar.precision == .single ? tensor.floats as? [Scalar] : tensor.doubles as? [Scalar]
    else { throw .malformed(name) }
    return numbers
  }
}
