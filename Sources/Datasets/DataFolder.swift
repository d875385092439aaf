/// A training and a test set of equal image size, read from a folder in MNIST's layout.
public struct DataFolder: Sendable {
  /// A file beside the one that was read, which could stand for it and has other contents.
  public struct Copy: Equatable, Sendable {
    /// The file that was read.
    public let read: String
    /// The other one.
    public let other: String
  }

  /// The folder or the beginning of the names, as it was given.
  public let path: String

  /// The contents of the training files, from which validation examples are held out.
  public let training: Dataset

  /// The contents of the test files.
  public let test: Dataset

  /// The paths of the four files: training images and labels, test images and labels.
  public let files: [String]

  /// The SHA-256 of each file's contents before compression; `nil` unless they were asked for. The keys are
  /// `train_images`, `train_labels`, `test_images` and `test_labels`.
  public let sha256: [String: String]?

  /// The label in the files that stands for class 0: 1 if that is the least of all labels, and otherwise 0.
  public let firstLabel: Int

  /// The files beside those read, compressed or not, that should have the same contents and differ.
  public let differingCopies: [Copy]

  /// Whether the images of a folder or of files with these beginnings lie on their side, mirrored: rows and columns are
  /// exchanged in EMNIST's files. Only the name tells it.
  public static func hasTransposedImages(named path: String) -> Bool {
    path.split(separator: "/").suffix(2).contains { $0.lowercased().contains("emnist") }
  }

  /// The number of classes: one more than the greatest training label, counted from `firstLabel`.
  public var classCount: Int { Int(training.greatestLabel) + 1 }
}

extension DataFolder {
  /// Reads the four IDX files of a folder, or those whose names begin with a path that is no folder.
  public init(readingFrom path: String, hashing: Bool = false) throws(DataError) {
    self = try DataFiles(openedIn: path, hashing: hashing).read()
  }
}
