import Datasets
import Files
import Training

/// The model that a training starts from.
struct InitialModel {
  /// The file, or "standard input".
  let path: String
  let model: Model
  /// The SHA-256 of the model file.
  let sha256: String

  init(readingFrom path: String) throws {
    try MemoryNeed(reading: path)?.check(for: path.shown, "use a smaller model")
    let file = try SavedFileInput(path)
    do {
      model = try Model(file.contents)
    } catch {
      throw Failure(.malformedData, "\(file.name.shown): \(error)")
    }
    self.path = file.name
    sha256 = SHA256Digest.hexadecimal(of: file.contents.encoded())
  }

  /// The sizes of its hidden layers.
  var hidden: [Int] { Array(model.sizes.dropFirst().dropLast()) }

  /// Checks that the model can be trained on the data of a folder.
  func check(against folder: DataFolder) throws {
    let (inputs, outputs) = (model.sizes[0], model.sizes[model.sizes.count - 1])
    guard inputs == folder.training.pixelCount else {
      throw Failure(
        .malformedData,
        "\(path.shown): the model takes in \(inputs) pixels, and the images of \(folder.path.shown) have "
          + "\(folder.training.pixelCount); choose a model or data that fit")
    }
    guard outputs == folder.classCount else {
      throw Failure(
        .malformedData,
        "\(path.shown): the model knows \(outputs) classes, and \(folder.path.shown) has \(folder.classCount); "
          + "choose a model or data that fit")
    }
  }
}
