/// A training and a test set of equal image size, read from a folder in MNIST's layout.
public struct DataFolder: Sendable {
  /// The folder, as it was given.
  public let path: String

  /// The contents of the training files, from which validation examples are held out.
  public let training: Dataset

  /// The contents of the test files.
  public let test: Dataset

  /// The paths of the four files.
  public let files: [String]

  /// The SHA-256 of each file's contents before compression; `nil` unless they were asked for. The keys are
  /// `train_images`, `train_labels`, `test_images` and `test_labels`.
  public let sha256: [String: String]?

  /// The number of classes: one more than the greatest training label.
  public var classCount: Int { Int(training.greatestLabel) + 1 }
}

extension DataFolder {
  /// Reads the four IDX files of a folder, as `DataFiles` names them.
  public init(readingFrom path: String, hashing: Bool = false) throws(DataError) {
    self = try DataFiles(openedIn: path, hashing: hashing).read()
  }
}
