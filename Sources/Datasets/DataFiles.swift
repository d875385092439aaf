import SystemPackage

/// The four files of a data folder, open, with their headers read and found to belong together.
///
/// Nothing beyond the headers has been read or decompressed, so a caller can refuse the data by the sizes that the
/// headers announce:
///
///     let files = try DataFiles(openedIn: "mnist")
///     files.trainingImages.dimensions        // [60000, 28, 28]
///     let folder = try files.read()
public struct DataFiles {
  /// The folder, as it was given.
  public let path: String

  /// The labels of the training images.
  public let trainingLabels: IDXReader
  /// The labels of the test images.
  public let testLabels: IDXReader
  /// The test images.
  public let testImages: IDXReader
  /// The training images.
  public let trainingImages: IDXReader

  /// Opens the four IDX files of a folder: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
  /// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, each also as `….idx3-ubyte` and with `.gz`.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - hashing: Whether reading forms the SHA-256 of each file.
  /// - Throws: `DataError`, if a file is missing, if its header is malformed, or if the headers do not fit together.
  public init(openedIn path: String, hashing: Bool = false) throws(DataError) {
    try DataFiles.checkFolder(path)
    func open(_ part: String, _ content: IDXReader.Content) throws(DataError) -> IDXReader {
      try IDXReader(path: DataFiles.findFile(part, holding: content, in: path), content: content, hashing: hashing)
    }
    self.path = path
    trainingLabels = try open("train", .labels)
    testLabels = try open("t10k", .labels)
    testImages = try open("t10k", .images)
    trainingImages = try open("train", .images)
    try DataFiles.checkCounts(trainingLabels, trainingImages)
    try DataFiles.checkCounts(testLabels, testImages)
    guard testImages.dimensions[1...] == trainingImages.dimensions[1...] else {
      func size(_ images: IDXReader) -> String { "\(images.dimensions[1])×\(images.dimensions[2])" }
      throw DataError(
        path: testImages.path, fault: .imageSizesDiffer(test: size(testImages), training: size(trainingImages)))
    }
  }

  /// Reads the contents of the files, once.
  ///
  /// Labels and test images come first: they are small, and their faults are then known at once.
  /// - Returns: The training and the test set.
  /// - Throws: `DataError`, if a file is damaged, or if a test label is above every training label.
  public func read() throws(DataError) -> DataFolder {
    let trainingClasses = try trainingLabels.bytes()
    let testClasses = try testLabels.bytes()
    let greatest = trainingClasses.max() ?? 0
    if let position = testClasses.firstIndex(where: { $0 > greatest }) {
      throw DataError(
        path: testLabels.path,
        fault: .unknownClass(label: testClasses[position], position: position, greatest: greatest))
    }
    let test = try Dataset(images: testImages, labels: testClasses)
    let training = try Dataset(images: trainingImages, labels: trainingClasses)
    let files = [
      ("train_images", trainingImages), ("train_labels", trainingLabels), ("test_images", testImages),
      ("test_labels", testLabels),
    ]
    let sums = Dictionary(uniqueKeysWithValues: files.map { ($0, $1.sha256) }).compactMapValues(\.self)
    return DataFolder(
      path: path, training: training, test: test, files: files.map(\.1.path), sha256: sums.isEmpty ? nil : sums)
  }

  private static func checkCounts(_ labels: IDXReader, _ images: IDXReader) throws(DataError) {
    let (labelCount, imageCount) = (labels.dimensions[0], images.dimensions[0])
    guard labelCount == imageCount else {
      throw DataError(
        path: labels.path, fault: .countsDiffer(labels: labelCount, images: imageCount, imageFile: images.path))
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
  fileprivate init(images: IDXReader, labels: [UInt8]) throws(DataError) {
    let (rows, columns) = (images.dimensions[1], images.dimensions[2])
    var collector = PixelCollector(pixelCount: rows * columns, plausibleCount: images.plausibleCount)
    let isCompressible = Pixels.areCompressible(pixelCount: rows * columns)
    try images.readAll(row: isCompressible ? rows * columns : 1) { collector.append($0) }
    self.init(pixels: collector.pixels, rows: rows, columns: columns, labels: labels)
  }
}
