/// The sizes of a data set that has not been read, and the memory that it will take.
public struct DataOutline: Sendable {
  /// The pixels of an image.
  public let pixelCount: Int

  /// The number of classes, by the first labels.
  public let classCount: Int

  /// The share of nonzero pixels in the first training images.
  public let density: Double

  /// The number of training images.
  public let trainingCount: Int

  /// The number of test images.
  public let testCount: Int

  /// The bytes of all images that the files can hold.
  let imageBytes: Double

  /// The bytes of all labels that the files can hold.
  let labelBytes: Double

  /// Whether images of this density are compressed when they are read.
  public var isCompressed: Bool { PixelCollector.compresses(pixelCount: pixelCount, density: density) }

  /// The bytes of images and labels in memory.
  public var byteCount: Double {
    labelBytes + (isCompressed ? PixelCollector.reserve * compressedByteCount : imageBytes)
  }

  /// The bytes of the images, compressed.
  public var compressedByteCount: Double { compressedByteCount(images: imageBytes / Double(pixelCount)) }

  /// The bytes of some images, compressed: two for the column and one for the pixel, and the beginning of each row.
  private func compressedByteCount(images: Double) -> Double { images * (3 * density * Double(pixelCount) + 8) }

  /// The bytes of data that are made by expanding some training images and keeping the validation images, with a label and
  /// the place in an order for each.
  public func expandedByteCount(training: Int, validation: Int) -> Double {
    let images = Double(Dataset.expansionFactor * training + validation)
    return compressedByteCount(images: images) + 5 * images
  }
}
