internal import Files

/// A safetensors file that is not the model or the checkpoint that it should be; `description` explains each case.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case unknown(String)
  case unusableType(String, String)
  case unusableShape(String, [Int])
  case notFinite(String)
  case otherActivation(String)
  case otherObjective(output: String, cost: String, scale: String)

  case noCheckpoint
  case otherVersion(String)
  case changed
  case malformed(String)

  /// Fault and remedy.
  package var description: String {
    switch self {
    case .missing(let name): "it has no tensor \(name), so it is not a model; choose a file with a saved network"
    case .unknown(let name):
      "the tensor \(name.shown) is not part of a model, which has layers.0.weight, layers.0.bias and so on; leave it out"
    case .unusableType(let name, let type): "the tensor \(name) is of type \(type); weights are F64 or F32"
    case .unusableShape(let name, let shape):
      "the tensor \(name) has the shape \(shape.prefix(8)), which does not fit the others; weights are [outputs, inputs], biases [outputs]"
    case .notFinite(let name):
      "the tensor \(name) holds a number that is not finite; the training that made it has diverged"
    case .otherActivation(let name): "its hidden layers are \(name.shown), which is not known; choose another model"
    case .otherObjective(let output, let cost, let scale):
      "its output layer, cost and softmax scale are \(output.shown), \(cost.shown) and \(scale.shown), which are not known; choose another model"
    case .noCheckpoint: "it is not a checkpoint; choose a file that a training wrote as its checkpoint"
    case .otherVersion(let version):
      "nettrain \(version.shown) wrote this checkpoint, and this version cannot read it; resume it with that version"
    case .changed:
      "its contents are not what was written, by their SHA-256; take an undamaged copy, or start the training again"
    case .malformed(let name):
      "its \(name) is missing or makes no sense; take an undamaged copy, or start the training again"
    }
  }
}
