public import LinearAlgebra
public import NeuralNetwork
public import Safetensors
public import SparseInputs

/// A saved network, in the precision that it was trained in.
///
/// Layer i, from the inputs up, is `layers.i.weight`, `[outputs, inputs]`, and `layers.i.bias`, `[outputs]`: the layout of
/// PyTorch's `nn.Linear`.
public struct Model: Sendable {
  /// The sizes of the layers, inputs first.
  public let sizes: [Int]

  /// The precision of the weights: single if all of them are.
  public let precision: Precision

  /// The output layer and cost that it was trained with; `nil` if the file does not say.
  public let objective: Objective?

  /// The choices of its training; `nil` if the file does not say.
  public let configuration: TrainingConfiguration?

  /// The circumstances of its training; `nil` if the file does not say.
  public let provenance: Provenance?

  /// The activation function of its hidden neurons.
  public let activation: Activation

  private let layers: [(weights: [Double], biases: [Double])]

  /// The model in a file's contents.
  /// - Throws: `TrainingError`, if they are not a network that can be used here.
  package init(_ file: Safetensors) throws(TrainingError) {
    let activation = file.metadata.word("hidden_activation") ?? Activation.sigmoid.rawValue
    guard let activation = Activation(rawValue: activation) else { throw .otherActivation(activation) }
    self.activation = activation
    objective = try file.objective()
    // Those of other programs and versions may not be known.
    configuration = try? JSONText.decode(TrainingConfiguration.self, from: file.metadata["configuration"] ?? "")
    provenance = try? JSONText.decode(Provenance.self, from: file.metadata["provenance"] ?? "")
    guard configuration?.hasSensibleCounts ?? true else { throw .malformed("configuration") }
    guard provenance?.isSensible ?? true else { throw .malformed("provenance") }
    var (sizes, layers): ([Int], [(weights: [Double], biases: [Double])]) = ([], [])
    repeat {
      let prefix = "layers.\(layers.count)."
      let (weights, weightShape) = try file.finiteNumbers(prefix + "weight")
      let (biases, biasShape) = try file.finiteNumbers(prefix + "bias")
      guard weightShape.count == 2, weightShape.allSatisfy({ $0 > 0 }), sizes.isEmpty || weightShape[1] == sizes.last
      else { throw .unusableShape(prefix + "weight", weightShape) }
      guard biasShape == [weightShape[0]] else { throw .unusableShape(prefix + "bias", biasShape) }
      if sizes.isEmpty { sizes = [weightShape[1]] }
      sizes.append(weightShape[0])
      layers.append((weights, biases))
    } while file.tensors["layers.\(layers.count).weight"] != nil
    let known = Set(layers.indices.flatMap { ["layers.\($0).weight", "layers.\($0).bias"] })
    if let name = file.tensors.keys.sorted().first(where: { !known.contains($0) }) { throw .unknown(name) }
    (self.sizes, self.layers) = (sizes, layers)
    precision = file.tensors.values.allSatisfy { $0.dtype == .float32 } ? .single : .double
  }

  /// The sizes of the layers of a model that has not been read, inputs first; `nil` if it has none.
  public static func sizes(in file: SafetensorsOutline) -> [Int]? {
    var sizes: [Int] = []
    while let shape = file.shapes["layers.\(max(0, sizes.count - 1)).weight"], shape.count == 2 {
      sizes += sizes.isEmpty ? [shape[1], shape[0]] : [shape[0]]
    }
    return sizes.isEmpty ? nil : sizes
  }

  /// The network, in either precision.
  public func network<Scalar: SparseScalar>(_: Scalar.Type) -> Network<Scalar> {
    Network(
      layers: layers.indices.map { index in
        Layer(
          weights: Matrix(
            rows: sizes[index + 1], columns: sizes[index], elements: layers[index].weights.map { Scalar($0) }),
          biases: layers[index].biases.map { Scalar($0) })
      }, activation: activation)
  }
}

extension Safetensors {
  /// The contents of a model file: the network, the way to use it, and the training that it comes from.
  public init<Scalar: SparseScalar>(
    model network: Network<Scalar>, configuration: TrainingConfiguration, provenance: Provenance, epoch: Int
  ) {
    self.init(
      tensors: Self.tensors(of: network, prefix: ""),
      metadata: [
        "format": "nettrain model", "layers": "\(network.sizes)", "hidden_activation": network.activation.rawValue,
        "output_activation": configuration.output.rawValue, "cost": configuration.cost.rawValue,
        "softmax_scale": FieldValue.number(configuration.softmaxScale).description, "input_scale": "1/255",
        "epoch": "\(epoch)", "configuration": JSONText.encode(configuration), "provenance": JSONText.encode(provenance),
      ])
  }

  /// The tensors of a network, their names with a prefix.
  static func tensors<Scalar: SparseScalar>(of network: Network<Scalar>, prefix: String) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for (index, layer) in network.layers.enumerated() {
      tensors["\(prefix)layers.\(index).weight"] = Tensor(layer.weights)
      tensors["\(prefix)layers.\(index).bias"] = Tensor(scalars: layer.biases, shape: [layer.outputCount])
    }
    return tensors
  }

  /// The output layer and cost that the metadata name; `nil` if they name none.
  fileprivate func objective() throws(TrainingError) -> Objective? {
    guard let output = metadata.word("output_activation"), let cost = metadata.word("cost") else { return nil }
    let scale = metadata.word("softmax_scale") ?? "1"
    guard let layer = OutputLayer(rawValue: output), let function = Cost(rawValue: cost), let factor = Double(scale),
      let objective = try? Objective(output: layer, cost: function, softmaxScale: factor)
    else { throw .otherObjective(output: output, cost: cost, scale: scale) }
    return objective
  }

  /// The numbers of a tensor with its shape.
  fileprivate func finiteNumbers(_ name: String) throws(TrainingError) -> (numbers: [Double], shape: [Int]) {
    guard let tensor = tensors[name] else { throw .missing(name) }
    guard let numbers = tensor.doubles ?? tensor.floats?.map(Double.init) else {
      throw .unusableType(name, tensor.dtype.rawValue)
    }
    guard numbers.allSatisfy(\.isFinite) else { throw .notFinite(name) }
    return (numbers, tensor.shape)
  }
}

extension Tensor {
  /// The elements of a matrix, `[rows, columns]`.
  init<Scalar: SparseScalar>(_ matrix: Matrix<Scalar>) {
    self.init(scalars: matrix.elements, shape: [matrix.rows, matrix.columns])
  }

  /// Numbers in their own precision, double or single.
  init<Scalar: SparseScalar>(scalars: [Scalar], shape: [Int]) {
    // A cast between arrays of other types makes room for the result before it fails.
    if Scalar.precision == .double, let doubles = scalars as? [Double] {
      self.init(doubles, shape: shape)
    } else if let floats = scalars as? [Float] {
      self.init(floats, shape: shape)
    } else {
      self.init(scalars.map { Float($0) }, shape: shape)
    }
  }
}
