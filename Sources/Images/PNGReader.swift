private import CPNG
import Memory

/// Reads PNG files of every kind: grey, coloured or by palette, of 1 to 16 bits, transparent, interlaced.
enum PNGReader {
  /// No deflated stream grows by more than this factor.
  private static let greatestExpansion = 1032

  /// The image in the contents of a file. Colours become grey by their brightness.
  static func read(_ bytes: [UInt8]) throws(ImageError) -> GreyImage {
    try PNGChunks.check(bytes)
    // libpng keeps the address of the bytes between its two calls.
    let result = unsafe bytes.withUnsafeBytes { buffer in
      Result { () throws(ImageError) in try unsafe read(buffer) }
    }
    return try result.get()
  }

  @unsafe
  private static func read(_ bytes: UnsafeRawBufferPointer) throws(ImageError) -> GreyImage {
    var image = unsafe png_image()
    unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { unsafe png_image_free(&image) }
    guard unsafe png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
      throw unsafe fault(image.message)
    }
    let (width, height) = unsafe (Int(image.width), Int(image.height))
    try GreyImage.check(width: width, height: height)
    let count = width * height
    // At least one bit a pixel is in the file, compressed.
    guard count / 8 / greatestExpansion <= bytes.count else { throw .truncated }
    do {
      try Memory.check(use: 4 * count)
    } catch {
      throw .notEnoughMemory(error)
    }
    unsafe image.format = nettrain_png_grey_alpha
    // Images of 16 bits that do not tell their gamma are as bright as those of 8.
    unsafe image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    var pairs = [UInt8](repeating: 0, count: 2 * count)
    let isRead = unsafe pairs.withUnsafeMutableBytes {
      unsafe png_image_finish_read(&image, nil, $0.baseAddress, 0, nil)
    }
    guard isRead != 0 else { throw unsafe fault(image.message) }
    return GreyImage(width: width, height: height, pixels: composed(pairs))
  }

  /// The fault that libpng found, by its message: text of C in a tuple.
  @unsafe
  private static func fault<Message>(_ message: Message) -> ImageError {
    .damaged(unsafe withUnsafeBytes(of: message) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
  }

  /// The grey of pairs of grey and alpha. Transparent pixels show white ground, or black ground where what is drawn on it is
  /// mostly light.
  private static func composed(_ pairs: [UInt8]) -> [UInt8] {
    var (light, alphas) = (0, 0)
    for place in stride(from: 0, to: pairs.count, by: 2) {
      light += Int(pairs[place]) * Int(pairs[place + 1])
      alphas += Int(pairs[place + 1])
    }
    let isOpaque = alphas == 255 * pairs.count / 2
    let ground = !isOpaque && 2 * light > 255 * alphas ? 0 : 255
    return stride(from: 0, to: pairs.count, by: 2).map { place in
      let (grey, alpha) = (Int(pairs[place]), Int(pairs[place + 1]))
      return UInt8((grey * alpha + ground * (255 - alpha) + 127) / 255)
    }
  }
}
