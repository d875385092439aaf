import SystemPackage

/// A training and a test set of equal image size, read from a folder in MNIST's layout.
public struct DataFolder: Sendable {
  /// The folder, as it was given.
  public let path: String

  /// The contents of the training files, from which validation examples are held out.
  public let training: Dataset

  /// The contents of the test files.
  public let test: Dataset

  /// The names of the four files.
  public var files: [String] { [training, test].flatMap { [$0.images.path, $0.labels.path] } }

  /// The number of classes: one more than the greatest training label.
  public var classCount: Int { Int(training.greatestLabel) + 1 }

  /// Reads the four IDX files of a folder: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
  /// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, each also as `….idx3-ubyte` and with `.gz`.
  public init(readingFrom path: String) throws(DataError) {
    try DataFolder.checkFolder(path)
    func read(_ part: String, as content: IDXFile.Content) throws(DataError) -> IDXFile {
      let file = try DataFolder.findFile(part, holding: content, in: path)
      return try IDXFile(readingFrom: file, as: content)
    }
    // The small files first: what is wrong with them is then known at once.
    let trainingLabels = try read("train", as: .labels)
    let testLabels = try read("t10k", as: .labels)
    let testImages = try read("t10k", as: .images)
    let trainingImages = try read("train", as: .images)
    try self.init(
      path: path, training: Dataset(images: trainingImages, labels: trainingLabels),
      test: Dataset(images: testImages, labels: testLabels))
  }

  /// A training and a test set that belong together.
  /// - Throws: `imageSizesDiffer` or `unknownClass`, if they do not.
  public init(path: String, training: Dataset, test: Dataset) throws(DataError) {
    guard test.images.dimensions[1...] == training.images.dimensions[1...] else {
      throw DataError(
        path: test.images.path, fault: .imageSizesDiffer(test: test.imageSize, training: training.imageSize))
    }
    let greatest = training.greatestLabel
    if let position = test.labels.bytes.firstIndex(where: { $0 > greatest }) {
      let label = test.labels.bytes[position]
      throw DataError(
        path: test.labels.path, fault: .unknownClass(label: label, position: position, greatest: greatest))
    }
    self.path = path
    self.training = training
    self.test = test
  }

  private static func checkFolder(_ path: String) throws(DataError) {
    let type: FileType
    do {
      type = try Stat(FilePath(path)).type
    } catch {
      let isAbsent = error == .noSuchFileOrDirectory || error == .notDirectory
      throw DataError(path: path, fault: isAbsent ? .noSuchFolder : .unreadable(error.description))
    }
    guard type == .directory else { throw DataError(path: path, fault: .notAFolder) }
  }

  private static func findFile(
    _ part: String, holding content: IDXFile.Content, in folder: String
  ) throws(DataError) -> String {
    let (kind, suffix) = content == .images ? ("images", "idx3-ubyte") : ("labels", "idx1-ubyte")
    for separator in ["-", "."] {
      for compression in ["", ".gz"] {
        let file = FilePath(folder).appending("\(part)-\(kind)\(separator)\(suffix)\(compression)")
        do {
          _ = try Stat(file)
          return file.string
        } catch {
          guard error == .noSuchFileOrDirectory else {
            throw DataError(path: file.string, fault: .unreadable(error.description))
          }
        }
      }
    }
    throw DataError(path: folder, fault: .noFileNamed("\(part)-\(kind)-\(suffix)"))
  }
}
