import Datasets
import Safetensors
import Training

/// The model that a training starts from.
struct InitialModel {
  let path: String
  let model: Model
  /// The SHA-256 of the model file.
  let sha256: String

  init(readingFrom path: String) throws {
    let file = try Safetensors(readingFrom: path)
    do {
      model = try Model(file)
    } catch {
      throw Failure(.malformedData, "\(path): \(error)")
    }
    self.path = path
    sha256 = SHA256Digest.hexadecimal(of: file.encoded())
  }

  /// The sizes of its hidden layers.
  var hidden: [Int] { Array(model.sizes.dropFirst().dropLast()) }

  /// Checks that the model can be trained on the data of a folder.
  func check(against folder: DataFolder) throws {
    let (inputs, outputs) = (model.sizes[0], model.sizes[model.sizes.count - 1])
    guard inputs == folder.training.pixelCount else {
      throw Failure(
        .malformedData,
        "\(path): the model takes in \(inputs) pixels, and the images of \(folder.path) have "
          + "\(folder.training.pixelCount); choose a model or data that fit")
    }
    guard outputs == folder.classCount else {
      throw Failure(
        .malformedData,
        "\(path): the model knows \(outputs) classes, and \(folder.path) has \(folder.classCount); "
          + "choose a model or data that fit")
    }
  }
}
