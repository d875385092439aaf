public import LinearAlgebra
public import NeuralNetwork
public import Safetensors

/// What is wrong with a file as a model, though it is a safetensors file.
public enum ModelFault: Error, Equatable, CustomStringConvertible {
  /// A tensor is missing.
  case missing(String)
  /// A tensor does not belong to a model.
  case unknown(String)
  /// A tensor has another type than numbers of double or single precision.
  case unusableType(String, String)
  /// A tensor has another shape than the others ask for.
  case unusableShape(String, [Int])
  /// A tensor holds something that is not a finite number.
  case notFinite(String)
  /// The hidden layers are not those of this program.
  case otherActivation(String)

  /// Fault and remedy.
  public var description: String {
    switch self {
    case .missing(let name): "it has no tensor \(name), so it is no model; choose one that --save or --save-best wrote"
    case .unknown(let name):
      "the tensor \(name.prefix(80)) is not part of a model, which has layers.0.weight, layers.0.bias and so on; leave it out"
    case .unusableType(let name, let type): "the tensor \(name) is of type \(type); weights are F64 or F32"
    case .unusableShape(let name, let shape):
      "the tensor \(name) has the shape \(shape.prefix(8)), which does not fit the others; weights are [outputs, inputs], biases [outputs]"
    case .notFinite(let name):
      "the tensor \(name) holds a number that is not finite; the training that made it has diverged"
    case .otherActivation(let name): "its hidden layers are \(name.prefix(80)) and not sigmoid; choose another model"
    }
  }
}

/// A network as a file holds it, in the precision that it was trained in.
///
/// Layer i, from the inputs up, is `layers.i.weight`, `[outputs, inputs]`, and `layers.i.bias`, `[outputs]`: the layout of
/// PyTorch's `nn.Linear`.
public struct Model: Sendable {
  /// The sizes of the layers, inputs first.
  public let sizes: [Int]

  /// Whether the weights are in single precision.
  public let isSinglePrecision: Bool

  private let layers: [(weights: [Double], biases: [Double])]

  /// A model from the contents of a file.
  /// - Throws: `ModelFault`, if they are no network that can be used here.
  public init(_ file: Safetensors) throws(ModelFault) {
    if let activation = file.metadata["hidden_activation"], activation != "sigmoid" {
      throw .otherActivation(activation)
    }
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
    isSinglePrecision = file.tensors.values.allSatisfy { $0.dtype == .float32 }
  }

  /// The network, in either precision.
  public func network<Scalar: BLASScalar>(_: Scalar.Type) -> Network<Scalar> {
    Network(
      layers: layers.indices.map { index in
        Layer(
          weights: Matrix(
            rows: sizes[index + 1], columns: sizes[index], elements: layers[index].weights.map { Scalar($0) }),
          biases: layers[index].biases.map { Scalar($0) })
      })
  }
}

extension Safetensors {
  /// The contents of a model's file.
  public init<Scalar: BLASScalar>(model network: Network<Scalar>, metadata: [String: String]) {
    var tensors: [String: Tensor] = [:]
    for (index, layer) in network.layers.enumerated() {
      tensors["layers.\(index).weight"] = Tensor(layer.weights)
      tensors["layers.\(index).bias"] = Tensor(scalars: layer.biases, shape: [layer.outputCount])
    }
    self.init(tensors: tensors, metadata: metadata)
  }

  /// The numbers of a tensor with its shape.
  func finiteNumbers(_ name: String) throws(ModelFault) -> (numbers: [Double], shape: [Int]) {
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
  init<Scalar: BLASScalar>(_ matrix: Matrix<Scalar>) {
    self.init(scalars: matrix.elements, shape: [matrix.rows, matrix.columns])
  }

  /// Numbers in their own precision: there are two.
  init<Scalar: BLASScalar>(scalars: [Scalar], shape: [Int]) {
    if let doubles = scalars as? [Double] {
      self.init(doubles, shape: shape)
    } else {
      self.init(scalars.map { Float($0) }, shape: shape)
    }
  }
}
