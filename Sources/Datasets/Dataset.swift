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
