/// Labelled images, as two IDX files hold them. The pixels stay bytes.
public struct Dataset: Sendable {
  /// The images, dimensions [count, rows, columns].
  public let images: IDXFile

  /// The labels, dimensions [count].
  public let labels: IDXFile

  /// Images and labels that belong together.
  /// - Throws: `countsDiffer`, if they are not equally many.
  public init(images: IDXFile, labels: IDXFile) throws(DataError) {
    precondition(images.dimensions.count == 3 && labels.dimensions.count == 1, "images, then labels")
    guard images.dimensions[0] == labels.dimensions[0] else {
      let fault = DataError.Fault.countsDiffer(
        labels: labels.dimensions[0], images: images.dimensions[0], imageFile: images.path)
      throw DataError(path: labels.path, fault: fault)
    }
    self.images = images
    self.labels = labels
  }

  /// The number of examples, at least 1.
  public var count: Int { labels.bytes.count }

  /// The number of pixels of an image: the inputs of a network.
  public var pixelCount: Int { images.dimensions[1] * images.dimensions[2] }

  /// Rows × columns of an image, for people.
  public var imageSize: String { "\(images.dimensions[1])×\(images.dimensions[2])" }

  /// The greatest label.
  public var greatestLabel: UInt8 { labels.bytes.max() ?? 0 }
}

/// A run of consecutive examples of a data set.
public struct Examples: Sendable {
  /// The data set they belong to.
  public let dataset: Dataset

  /// Their positions in it.
  public let range: Range<Int>

  /// The examples of a data set at the given positions, or all of them.
  public init(of dataset: Dataset, in range: Range<Int>? = nil) {
    let range = range ?? 0..<dataset.count
    precondition(range.lowerBound >= 0 && range.upperBound <= dataset.count, "outside the data set")
    self.dataset = dataset
    self.range = range
  }

  /// The number of examples.
  public var count: Int { range.count }
}
