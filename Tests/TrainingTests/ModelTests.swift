import Foundation
import LinearAlgebra
import NeuralNetwork
import Safetensors
import SparseInputs
import Testing
@testable import Training

@Suite("Models") struct ModelTests {
  private let network = Network<Double>(sizes: [5, 4, 3], initialization: .large, seed: 2)

  private let configuration = TrainingConfiguration(learningRate: 0.25)
  private let provenance = Provenance(version: "1.2.3", directory: nil, sha256: ["test_labels": "ab"])

  private func contents<Scalar: SparseScalar>(_ network: Network<Scalar>) -> Safetensors {
    Safetensors(model: network, configuration: configuration, provenance: provenance, epoch: 4)
  }

  @Test("a model's metadata say how to use it, and which training it comes from")
  func metadata() throws {
    let metadata = contents(network).metadata
    for (key, value) in [
      ("format", "nettrain model"), ("layers", "[5, 4, 3]"), ("hidden_activation", "sigmoid"),
      ("output_activation", "softmax"), ("cost", "cross-entropy"), ("softmax_scale", "1"), ("input_scale", "1/255"),
      ("epoch", "4"),
    ] {
      #expect(metadata[key] == value)
    }
    func decode<Value: Decodable>(_ key: String, _ type: Value.Type) throws -> Value {
      try JSONDecoder().decode(type, from: Data(#require(metadata[key]).utf8))
    }
    #expect(try decode("configuration", TrainingConfiguration.self) == configuration)
    #expect(try decode("provenance", Provenance.self) == provenance)
  }

  @Test("a network comes back from its file as it was, in either precision")
  func roundTrip() throws {
    let bytes = contents(network).encoded()
    let model = try Model(Safetensors(bytes: bytes))
    #expect(model.sizes == [5, 4, 3])
    #expect(model.precision == .double)
    #expect(try model.objective == configuration.objective())
    #expect(model.configuration == configuration && model.provenance == provenance)
    #expect(model.network(Double.self) == network)

    let single = Network<Float>(sizes: [5, 4, 3], initialization: .large, seed: 2)
    let singleModel = try Model(Safetensors(bytes: contents(single).encoded()))
    #expect(singleModel.precision == .single)
    #expect(singleModel.network(Float.self) == single)
    #expect(model.network(Float.self) == single, "rounded once")
    #expect(singleModel.network(Double.self).layers[0].weights[3, 4] == Double(single.layers[0].weights[3, 4]))
  }

  @Test("images of EMNIST are known to lie on their side, by the name of the folder or of the files")
  func transposedImages() {
    for (directory, expected) in [
      ("/data/gzip/emnist-letters", true), ("/data/EMNIST/raw", true), ("/data/emnist", true), ("/data/mnist", false),
      ("/emnist/mnist/digits", false), ("", false),
    ] {
      let provenance = Provenance(version: "1", directory: directory, sha256: [:])
      #expect(provenance.hasTransposedImages == expected, "\(directory)")
    }
  }

  @Test("how the first layer is stored does not show in the file")
  func storage() {
    var sparse = network
    sparse.storeInPanels(true)
    #expect(contents(sparse) == contents(network))
  }

  /// The fault of a model in which tensors have been replaced, or removed.
  private func fault(_ changes: [String: Tensor] = [:], without name: String? = nil, metadata: [String: String] = [:])
    -> TrainingError?
  {
    var tensors = contents(network).tensors
    tensors.merge(changes) { $1 }
    if let name { tensors[name] = nil }
    do throws(TrainingError) {
      _ = try Model(Safetensors(tensors: tensors, metadata: metadata))
      return nil
    } catch {
      return error
    }
  }

  @Test("each thing that keeps a file from being a model has a fault of its own")
  func faults() {
    #expect(fault() == nil)
    #expect(fault(without: "layers.0.weight") == .missing("layers.0.weight"))
    #expect(fault(without: "layers.1.bias") == .missing("layers.1.bias"))
    #expect(fault(without: "layers.1.weight") == .unknown("layers.1.bias"))
    #expect(fault(["conv.weight": Tensor([1.0], shape: [1])]) == .unknown("conv.weight"))
    #expect(fault(["layers.1.bias": Tensor([1.0, 2], shape: [2])]) == .unusableShape("layers.1.bias", [2]))
    #expect(
      fault(["layers.1.weight": Tensor(Array(repeating: 1.0, count: 15), shape: [3, 5])])
        == .unusableShape("layers.1.weight", [3, 5]))
    #expect(
      fault(["layers.0.weight": Tensor(Array(repeating: 1.0, count: 20), shape: [20])])
        == .unusableShape("layers.0.weight", [20]))
    #expect(
      fault(["layers.0.bias": Tensor(Array(repeating: UInt64(1), count: 4), shape: [4])])
        == .unusableType("layers.0.bias", "U64"))
    #expect(fault(["layers.1.bias": Tensor([1, Double.nan, 2], shape: [3])]) == .notFinite("layers.1.bias"))
    #expect(fault(["layers.1.bias": Tensor([1, -Double.infinity, 2], shape: [3])]) == .notFinite("layers.1.bias"))
    #expect(fault(metadata: ["hidden_activation": "swish"]) == .otherActivation("swish"))
    #expect(
      fault(metadata: ["output_activation": "tanh", "cost": "quadratic"])
        == .otherObjective(output: "tanh", cost: "quadratic", scale: "1"))
    #expect(
      fault(metadata: ["output_activation": "linear", "cost": "cross-entropy", "softmax_scale": "nan"])
        == .otherObjective(output: "linear", cost: "cross-entropy", scale: "nan"))
    var provenance = Provenance(version: "1", directory: nil, sha256: [:], firstLabel: 1)
    #expect(fault(metadata: ["provenance": JSONText.encode(provenance)]) == nil)
    provenance.firstLabel = .max
    #expect(fault(metadata: ["provenance": JSONText.encode(provenance)]) == .malformed("provenance"))
    var configuration = TrainingConfiguration(learningRate: 0.1)
    configuration.limit = 1 << 62
    #expect(fault(metadata: ["configuration": JSONText.encode(configuration)]) == .malformed("configuration"))
  }
}
