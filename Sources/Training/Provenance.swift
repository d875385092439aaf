import Datasets
import LinearAlgebra

/// The circumstances that the bits of a training depend on besides its configuration.
public struct Provenance: Codable, Equatable, Sendable {
  /// The version of nettrain.
  public var version: String
  /// The BLAS: library, version and kernel.
  public var blas: String
  /// The instructions of our own kernels.
  public var instructions: String
  /// The folder of the data, or the beginning of their names, as an absolute path; `nil` for the bundled digits.
  public var directory: String?
  /// The SHA-256 of each data file, by the keys of `DataFolder.sha256`.
  public var sha256: [String: String]
  /// The label in the data files that stands for class 0; `nil` if an earlier version wrote the file.
  public var firstLabel: Int?

  private enum CodingKeys: String, CodingKey {
    case version, blas, instructions, directory, sha256
    case firstLabel = "first_label"
  }

  /// Whether the images lie on their side, mirrored, as those of EMNIST do. Only the name of the data tells it.
  public var hasTransposedImages: Bool { DataFolder.hasTransposedImages(named: directory ?? "") }

  /// True if the first label is 0 or 1. A file may have any number.
  var isSensible: Bool { (0...1).contains(firstLabel ?? 0) }

  /// The circumstances on this machine.
  public init(version: String, directory: String?, sha256: [String: String], firstLabel: Int? = 0) {
    self.version = version
    self.directory = directory
    self.sha256 = sha256
    self.firstLabel = firstLabel
    blas = BLASLibrary.description
    instructions = VectorInstructions.name
  }
}
