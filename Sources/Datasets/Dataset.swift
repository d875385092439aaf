/// Labelled images. A pixel is a byte.
public struct Dataset: Sendable {
  /// The rows and columns of an image.
  public let imageShape: (rows: Int, columns: Int)

  /// The class of each image.
  public private(set) var labels: [UInt8]

  /// The pixels of the images.
  public private(set) var pixels: Pixels

  /// Images that follow one another in memory, with a label each.
  public init(pixels: [UInt8], rows: Int, columns: Int, labels: [UInt8]) {
    precondition(pixels.count == labels.count * rows * columns, "an image for each label")
    self.init(pixels: Pixels(pixels, pixelCount: rows * columns), rows: rows, columns: columns, labels: labels)
  }

  init(pixels: Pixels, rows: Int, columns: Int, labels: [UInt8]) {
    (imageShape, self.labels, self.pixels) = ((rows, columns), labels, pixels)
  }

  /// The number of examples.
  public var count: Int { labels.count }

  /// The number of pixels of an image: the inputs of a network.
  public var pixelCount: Int { imageShape.rows * imageShape.columns }

  /// Rows × columns of an image, for people.
  public var imageSize: String { "\(imageShape.rows)×\(imageShape.columns)" }

  /// The greatest label.
  public var greatestLabel: UInt8 { labels.max() ?? 0 }

  /// The pixels of an image, row by row.
  public func image(_ position: Int) -> [UInt8] {
    switch pixels {
    case .bytes(let bytes): Array(bytes[position * pixelCount..<(position + 1) * pixelCount])
    case .compressed(let rows): rows.bytes(ofRow: position)
    }
  }

  /// Puts the examples into the order of these positions, each of which occurs once.
  mutating func reorder(_ positions: [Int]) {
    precondition(positions.count == count, "a position for each example")
    labels = positions.map { labels[$0] }
    pixels = pixels.reordered(positions, pixelCount: pixelCount)
  }

  /// Compresses the pixels, if they are not compressed already.
  public mutating func compressPixels() { pixels = pixels.compressed(pixelCount: pixelCount) }
}
