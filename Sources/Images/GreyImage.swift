/// A grey image, a byte each pixel: 0 is black and 255 is white.
public struct GreyImage: Equatable, Sendable {
  /// The number of columns.
  public let width: Int

  /// The number of rows.
  public let height: Int

  /// The pixels, row by row.
  public let pixels: [UInt8]

  /// An image of some size.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "a byte for each pixel")
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// The greatest number of pixels that are read: 64 million, as of an image of 8,000 × 8,000.
  public static let greatestPixelCount = 64_000_000

  /// The image in the contents of a PNG or PGM file.
  /// - Throws: `ImageError`, if they are neither, are damaged, or hold too large an image.
  public init(contents bytes: [UInt8]) throws(ImageError) {
    guard !bytes.isEmpty else { throw .empty }
    switch ImageFormat(contents: bytes) {
    case .png: self = try PNGReader.read(bytes)
    case .pgm: self = try PGMReader.read(bytes)
    case .other(let name): throw .otherFormat(name)
    case nil: throw .unknownFormat
    }
  }

  /// Checks the size of an image before its pixels are read.
  static func check(width: Int, height: Int) throws(ImageError) {
    guard width > 0 && height > 0 else { throw .damaged("it is \(width) × \(height) pixels large") }
    let (count, overflows) = width.multipliedReportingOverflow(by: height)
    guard !overflows && count <= greatestPixelCount else { throw .tooLarge(width: width, height: height) }
  }
}
