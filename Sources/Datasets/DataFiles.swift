internal import SparseInputs
internal import Memory

/// The four files of a data set, open, with their headers read and found to belong together.
///
/// Nothing beyond the headers has been read or decompressed, so a caller can refuse the data by the sizes that the
/// headers announce:
///
///     let files = try DataFiles(openedIn: "mnist")
///     files.trainingImages.dimensions        // [60000, 28, 28]
///     let folder = try files.read()
public struct DataFiles {
  /// The folder or the beginning of the names, as it was given.
  public let path: String

  /// The labels of the training images.
  public let trainingLabels: IDXReader
  /// The labels of the test images.
  public let testLabels: IDXReader
  /// The test images.
  public let testImages: IDXReader
  /// The training images.
  public let trainingImages: IDXReader

  /// For each file that is read, those that could stand for it as well.
  private let others: [(read: String, others: [String])]

  /// Opens the four IDX files of a folder, or those whose names begin with a path that is no folder.
  ///
  /// - Parameters:
  ///   - path: The folder, as `mnist`, or the beginning of the names, as `gzip/emnist-letters`.
  ///   - hashing: Whether reading forms the SHA-256 of each file.
  /// - Throws: `DataError`, if a file is missing, if its header is malformed, or if the headers do not fit together.
  public init(openedIn path: String, hashing: Bool = false) throws(DataError) {
    let names = try DataFileNames(path)
    let found = (
      try names.find(.training, .labels), try names.find(.test, .labels), try names.find(.test, .images),
      try names.find(.training, .images)
    )
    self.path = path
    trainingLabels = try IDXReader(path: found.0.path, content: .labels, hashing: hashing)
    testLabels = try IDXReader(path: found.1.path, content: .labels, hashing: hashing)
    testImages = try IDXReader(path: found.2.path, content: .images, hashing: hashing)
    trainingImages = try IDXReader(path: found.3.path, content: .images, hashing: hashing)
    others = [found.0, found.1, found.2, found.3].map { ($0.path, $0.others) }
    try DataFiles.checkCounts(trainingLabels, trainingImages)
    try DataFiles.checkCounts(testLabels, testImages)
    guard testImages.dimensions[1...] == trainingImages.dimensions[1...] else {
      func size(_ images: IDXReader) -> String { "\(images.dimensions[1])×\(images.dimensions[2])" }
      throw DataError(
        path: testImages.path, fault: .imageSizesDiffer(test: size(testImages), training: size(trainingImages)))
    }
  }

  /// The paths of the four files: training images and labels, test images and labels.
  public var paths: [String] { [trainingImages, trainingLabels, testImages, testLabels].map(\.path) }

  /// The sizes of the contents, estimated from the headers and the first images and labels. The files can be read
  /// afterwards.
  /// - Returns: The sizes; `nil` if a header announces more than its file can hold, which reading will tell.
  /// - Throws: `DataError`, if the beginning of a file is damaged.
  public func outline() throws(DataError) -> DataOutline? {
    let all = [trainingLabels, testLabels, testImages, trainingImages]
    guard all.allSatisfy({ $0.possibleCount == $0.count }) else { return nil }
    let pixelCount = trainingImages.dimensions[1] * trainingImages.dimensions[2]
    let row = Pixels.areCompressible(pixelCount: pixelCount) ? pixelCount : 1
    let pixels = Array(try IDXReader(path: trainingImages.path, content: .images).firstPart(row: row))
    let labels = try IDXReader(path: trainingLabels.path, content: .labels).firstLabels()
    return DataOutline(
      pixelCount: pixelCount, classCount: Int(labels.max() ?? 0) + (labels.min() == 1 ? 0 : 1),
      density: Double(CompressedRows.nonzeroCount(pixels.span)) / Double(max(1, pixels.count)),
      trainingCount: trainingImages.dimensions[0], testCount: testImages.dimensions[0],
      imageBytes: Double(trainingImages.possibleCount) + Double(testImages.possibleCount),
      labelBytes: Double(trainingLabels.possibleCount) + Double(testLabels.possibleCount))
  }

  /// Reads the contents of the files, once.
  ///
  /// Labels and test images come first: they are small, and their faults are then known at once. If the least of all
  /// labels is 1, as in EMNIST's letters, classes are counted from it.
  /// - Returns: The training and the test set.
  /// - Throws: `DataError`, if a file is damaged, or if a test label is above every training label.
  public func read() throws(DataError) -> DataFolder {
    var trainingClasses = try trainingLabels.labels()
    var testClasses = try testLabels.labels()
    let greatest = trainingClasses.max() ?? 0
    if let position = testClasses.firstIndex(where: { $0 > greatest }) {
      throw DataError(
        path: testLabels.path,
        fault: .unknownClass(label: testClasses[position], position: position, greatest: greatest))
    }
    let beginsAtOne = trainingClasses.min() == 1 && !testClasses.contains(0)
    if beginsAtOne {
      for index in trainingClasses.indices { trainingClasses[index] -= 1 }
      for index in testClasses.indices { testClasses[index] -= 1 }
    }
    let test = try Dataset(images: testImages, labels: testClasses)
    let training = try Dataset(images: trainingImages, labels: trainingClasses)
    let files = [
      ("train_images", trainingImages), ("train_labels", trainingLabels), ("test_images", testImages),
      ("test_labels", testLabels),
    ]
    let sums = Dictionary(uniqueKeysWithValues: files.map { ($0, $1.sha256) }).compactMapValues(\.self)
    return DataFolder(
      path: path, training: training, test: test, files: paths, sha256: sums.isEmpty ? nil : sums,
      firstLabel: beginsAtOne ? 1 : 0, differingCopies: differingCopies())
  }

  /// Those of the other files whose contents differ from the one that is read.
  private func differingCopies() -> [DataFolder.Copy] {
    others.flatMap { file in
      file.others.filter { !ByteReader.haveEqualContents(file.read, $0) }.map { .init(read: file.read, other: $0) }
    }
  }

  private static func checkCounts(_ labels: IDXReader, _ images: IDXReader) throws(DataError) {
    let (labelCount, imageCount) = (labels.dimensions[0], images.dimensions[0])
    guard labelCount == imageCount else {
      throw DataError(
        path: labels.path, fault: .countsDiffer(labels: labelCount, images: imageCount, imageFile: images.path))
    }
  }
}

extension Dataset {
  /// Reads the images for some labels.
  fileprivate init(images: IDXReader, labels: [UInt8]) throws(DataError) {
    let (rows, columns) = (images.dimensions[1], images.dimensions[2])
    var collector = PixelCollector(pixelCount: rows * columns, plausibleCount: images.plausibleCount)
    let isCompressible = Pixels.areCompressible(pixelCount: rows * columns)
    try images.readAll(row: isCompressible ? rows * columns : 1) { part throws(MemoryShortage) in
      try collector.makeRoom(for: part)
      collector.append(part)
    }
    self.init(pixels: collector.pixels, rows: rows, columns: columns, labels: labels)
  }
}
