private import CZlib

/// The chunks that a PNG file consists of after its signature of 8 bytes:
///
///     big-endian u32 length | type, 4 letters | the bytes | CRC-32 of type and bytes        the last one is IEND
///
/// libpng reads a file as if a chunk that it can do without, and whose sum is wrong, were not there, and does not miss the
/// end. Grey would be another then, without a word.
/// - Source: W3C, "Portable Network Graphics", third edition, section 5.
enum PNGChunks {
  /// Checks the sum of each chunk, up to the last one.
  static func check(_ bytes: [UInt8]) throws(ImageError) {
    var rest = bytes.dropFirst(8)
    var type = ""
    while type != "IEND" {
      guard rest.count >= 12 else { throw .truncated }
      let length = number(rest.prefix(4))
      guard length <= rest.count - 12 else { throw .truncated }
      type = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
      let content = rest.dropFirst(4).prefix(4 + length)
      let sum = unsafe content.withUnsafeBufferPointer { unsafe crc32(0, $0.baseAddress, UInt32($0.count)) }
      rest = rest.dropFirst(8 + length)
      guard sum == number(rest.prefix(4)) else { throw .damaged("the sum of a chunk of type \(type) is wrong") }
      rest = rest.dropFirst(4)
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
