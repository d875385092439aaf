import Files
import FoundationEssentials
import NeuralNetwork
import Safetensors
import SystemPackage
import Training

/// A model as a page describes it to its script.
struct PageModel: Encodable {
  /// The name, which the page shows.
  var name: String
  /// The sizes and kinds, which the page shows.
  let description: String
  /// The width and height of the images.
  let side: Int
  /// The activation function of the hidden neurons.
  let activation: String
  /// The output layer.
  let output: String
  /// The c of softmax(c·z).
  let softmaxScale: Double
  /// Whether the model takes images whose rows are columns.
  let isTransposed: Bool
  /// The labels of the classes.
  let labels: [String]
  /// The layers, from the first above the inputs to the output layer.
  let layers: [Layer]

  /// A note for the user of the command.
  let note: String?

  private enum CodingKeys: CodingKey {
    case name, description, side, activation, output, softmaxScale, isTransposed, labels, layers
  }

  /// The numbers of a layer.
  struct Layer: Encodable {
    let neurons: Int
    let weights: Numbers
    let biases: Numbers
  }

  /// A tensor in the precision of the model's file, in base64.
  struct Numbers: Encodable {
    let type: String
    let base64: String

    fileprivate init(_ tensor: Tensor?) {
      type = tensor?.dtype.rawValue ?? ""
      base64 = Data(tensor?.bytes ?? []).base64EncodedString()
    }
  }

  /// The model in a file.
  /// - Throws: A failure, if it is not a model of square images.
  init(_ file: SavedFileInput) throws {
    let model: Model
    do {
      model = try Model(file.contents)
    } catch {
      throw Failure(.malformedData, "\(file.name.shown): \(error)")
    }
    let objective: Objective
    (objective, note) = try model.objectiveInUse(named: file.name)
    let (inputs, classes) = (model.sizes[0], model.sizes[model.sizes.count - 1])
    side = Int(Double(inputs).squareRoot())
    guard side * side == inputs else {
      throw Failure(
        .malformedData,
        "\(file.name.shown): the model takes in \(inputs) pixels, which make no square image; "
          + "use a model that was trained on square images")
    }
    name = file.isStandardInput ? file.name : FilePath(name: file.name).lastName.shown
    let scale = objective.softmaxScale == 1 ? "" : " of \(Formatting.plain(objective.softmaxScale))·z"
    let cost = model.objective.map { ", \($0.cost.rawValue) cost" } ?? ""
    description =
      "layers \(model.sizes), \(objective.output)\(scale) outputs\(cost), \(model.precision) precision"
    (activation, output) = (model.activation.rawValue, objective.output.rawValue)
    softmaxScale = objective.softmaxScale
    isTransposed = model.provenance?.hasTransposedImages ?? false
    let firstLabel = model.provenance?.firstLabel == 1 ? 1 : 0
    labels = (0..<classes).map { "\(firstLabel + $0)" }
    layers = model.sizes.indices.dropLast().map { index in
      let tensors = file.contents.tensors
      return Layer(
        neurons: model.sizes[index + 1], weights: Numbers(tensors["layers.\(index).weight"]),
        biases: Numbers(tensors["layers.\(index).bias"]))
    }
  }
}
