public import Datasets

/// The examples that a training reads, prepared once. Many trainings can share one value.
///
///     let data = try TrainingData(DataFolder(readingFrom: "mnist"))
///     data.training.count        // 50,000
public struct TrainingData: Sendable {
  /// The examples to learn from.
  public let training: Examples

  /// The examples held out to choose the best epoch; `nil` for none.
  public let validation: Examples?

  /// The examples that neither train nor validate.
  public let test: Examples

  /// The number of classes: the outputs of a network.
  public let classCount: Int

  /// The folder that the data come from, or the beginning of their names; empty for data in memory.
  public private(set) var directory = ""

  /// The label in the files that stands for class 0.
  public private(set) var firstLabel = 0

  /// The SHA-256 of each file of the folder, by the keys of `DataFolder.sha256`; `nil` if they were not asked for.
  public private(set) var sha256: [String: String]?

  /// The choices that make training data of the contents of a folder; `Split` describes them.
  public struct Choices: Hashable, Sendable {
    /// The number of examples held out; `nil` for a sixth.
    public var validation: Int?
    /// The greatest number of training examples, before they are expanded; `nil` for all.
    public var limit: Int?
    /// The examples that are held out.
    public var split: ValidationSplit
    /// The seed by which they are drawn.
    public var seed: UInt64
    /// Adds each training image moved by a pixel in four directions.
    public var expand: Bool

    /// Choices that are those of the book, as far as they are left out.
    public init(
      validation: Int? = nil, limit: Int? = nil, split: ValidationSplit = .tail, seed: UInt64 = 0, expand: Bool = false
    ) {
      (self.validation, self.limit, self.split, self.seed, self.expand) = (validation, limit, split, seed, expand)
    }
  }

  /// Splits the contents of a folder.
  /// - Throws: `DataError`, if no training examples would remain.
  public init(_ folder: DataFolder, _ choices: Choices = Choices()) throws(DataError) {
    do {
      let split = try Split(
        folder.training, validationCount: choices.validation, limit: choices.limit, by: choices.split,
        seed: choices.seed, expanding: choices.expand)
      self.init(
        training: split.training, validation: split.validation, test: Examples(of: folder.test),
        classCount: folder.classCount)
    } catch {
      throw DataError(path: folder.path, fault: error)
    }
    directory = folder.path
    firstLabel = folder.firstLabel
    sha256 = folder.sha256
  }

  /// Data in memory.
  public init(training: Examples, validation: Examples?, test: Examples, classCount: Int) {
    self.training = training
    self.validation = validation
    self.test = test
    self.classCount = classCount
  }

  /// The number of pixels of an image: the inputs of a network.
  public var pixelCount: Int { training.dataset.pixelCount }

  /// Rows × columns of an image, for people.
  public var imageSize: String { training.dataset.imageSize }

  /// The share of nonzero pixels in the training images.
  public var density: Double { training.density }

  /// The same data in the form that a kernel reads: compressed for the sparse one.
  func prepared(for kernel: InputKernel) -> TrainingData {
    guard kernel == .sparse else { return self }
    var (trainingSet, testSet) = (training.dataset, test.dataset)
    trainingSet.compressPixels()
    testSet.compressPixels()
    var data = TrainingData(
      training: Examples(of: trainingSet, in: training.range),
      validation: validation.map { Examples(of: trainingSet, in: $0.range) },
      test: Examples(of: testSet, in: test.range), classCount: classCount)
    (data.directory, data.firstLabel, data.sha256) = (directory, firstLabel, sha256)
    return data
  }
}
