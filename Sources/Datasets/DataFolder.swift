import SystemPackage

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

  /// Reads the four IDX files of a folder: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
  /// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, each also as `….idx3-ubyte` and with `.gz`.
  ///
  /// Labels and test images come first: they are small, and their faults are then known at once.
  public init(readingFrom path: String, hashing: Bool = false) throws(DataError) {
    try DataFolder.checkFolder(path)
    func open(_ part: String, _ content: IDXReader.Content) throws(DataError) -> IDXReader {
      try IDXReader(path: DataFolder.findFile(part, holding: content, in: path), content: content, hashing: hashing)
    }
    let trainingLabels = try open("train", .labels)
    let trainingClasses = try trainingLabels.bytes()
    let testLabels = try open("t10k", .labels)
    let testClasses = try testLabels.bytes()
    let testImages = try open("t10k", .images)
    test = try Dataset(images: testImages, labels: testClasses, of: testLabels.path)
    let trainingImages = try open("train", .images)
    training = try Dataset(images: trainingImages, labels: trainingClasses, of: trainingLabels.path)
    self.path = path
    files = [trainingImages.path, trainingLabels.path, testImages.path, testLabels.path]
    let sums = [
      "train_images": trainingImages.sha256, "train_labels": trainingLabels.sha256, "test_images": testImages.sha256,
      "test_labels": testLabels.sha256,
    ]
    sha256 = hashing ? sums.compactMapValues(\.self) : nil
    guard test.imageShape == training.imageShape else {
      throw DataError(
        path: testImages.path, fault: .imageSizesDiffer(test: test.imageSize, training: training.imageSize))
    }
    let greatest = training.greatestLabel
    if let position = testClasses.firstIndex(where: { $0 > greatest }) {
      throw DataError(
        path: testLabels.path,
        fault: .unknownClass(label: testClasses[position], position: position, greatest: greatest))
    }
  }

  private static func checkFolder(_ path: String) throws(DataError) {
    let type: FileType
    do {
      type = try Stat(FilePath(path)).type
    } catch {
      let isAbsent = error == .noSuchFileOrDirectory || error == .notDirectory
      throw DataError(path: path, fault: isAbsent ? .noSuchFolder : .unreadableFolder(error.description))
    }
    guard type == .directory else { throw DataError(path: path, fault: .notAFolder) }
  }

  private static func findFile(
    _ part: String, holding content: IDXReader.Content, in folder: String
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
            throw DataError(path: file.string, fault: .unreadableFolder(error.description))
          }
        }
      }
    }
    throw DataError(path: folder, fault: .noFileNamed("\(part)-\(kind)-\(suffix)"))
  }
}

extension Dataset {
  /// Reads the images for some labels.
  fileprivate init(images: IDXReader, labels: [UInt8], of labelFile: String) throws(DataError) {
    let (count, rows, columns) = (images.dimensions[0], images.dimensions[1], images.dimensions[2])
    guard count == labels.count else {
      throw DataError(
        path: labelFile, fault: .countsDiffer(labels: labels.count, images: count, imageFile: images.path))
    }
    var collector = PixelCollector(pixelCount: rows * columns, plausibleCount: images.plausibleCount)
    let isCompressible = Pixels.areCompressible(pixelCount: rows * columns)
    try images.readAll(row: isCompressible ? rows * columns : 1) { collector.append($0) }
    self.init(pixels: collector.pixels, rows: rows, columns: columns, labels: labels)
  }
}
