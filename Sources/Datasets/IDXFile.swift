/// The contents of an IDX file of unsigned bytes: images or labels.
///
///     00 00 08 rank | rank × big-endian u32 dimensions | the bytes, last dimension fastest
///
/// - Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
public struct IDXFile: Sendable {
  /// What a file is expected to hold.
  public enum Content: Sendable {
    /// Images: dimensions [count, rows, columns].
    case images
    /// Labels: dimensions [count].
    case labels

    /// The number of dimensions.
    var rank: Int { self == .images ? 3 : 1 }
  }

  /// The file's name, for messages.
  public let path: String

  /// The sizes that the header declares, none of them 0.
  public let dimensions: [Int]

  /// The bytes after the header, as many as the product of the dimensions.
  public let bytes: [UInt8]

  /// The contents of a file that was made in memory.
  public init(path: String, dimensions: [Int], bytes: [UInt8]) {
    precondition(dimensions.reduce(1, *) == bytes.count, "an IDX file has as many bytes as its header says")
    self.path = path
    self.dimensions = dimensions
    self.bytes = bytes
  }

  /// Reads a file, gzipped or not, and checks every byte of its structure.
  public init(readingFrom path: String, as content: Content) throws(DataError) {
    do throws(DataError.Fault) {
      let reader = try ByteReader(path: path)
      guard !reader.peek(1).isEmpty else { throw .empty }
      let text = reader.peek(64).drop { " \t\r\n".utf8.contains($0) }
      if text.first == UInt8(ascii: "<") { throw .webPage }
      let dimensions = try IDXFile.readHeader(from: reader, as: content)
      let count = try IDXFile.countOfElements(dimensions)
      self.path = path
      self.dimensions = dimensions
      self.bytes = try IDXFile.readBytes(count, from: reader)
    } catch {
      throw DataError(path: path, fault: error)
    }
  }

  /// The SHA-256 of the file as it was before compression, header included, in hexadecimal.
  ///
  /// Compressed copies of the same data differ; this does not.
  public func sha256() -> String {
    let sizes = dimensions.flatMap { dimension in (0..<4).map { UInt8(truncatingIfNeeded: dimension >> (24 - 8 * $0)) }
    }
    return SHA256Digest.hexadecimal(of: [0, 0, 8, UInt8(dimensions.count)] + sizes, bytes)
  }

  private static func readHeader(
    from reader: ByteReader, as content: Content
  ) throws(DataError.Fault) -> [Int] {
    let magic = try readBytes(4, from: reader, orThrow: .truncatedHeader)
    guard magic[0] == 0 && magic[1] == 0 else { throw .notIDX(magic) }
    let rank = Int(magic[3])
    switch magic[2] {
    case 0x08: break
    case 0x09: throw .unsupportedElementType("signed bytes")
    case 0x0b: throw .unsupportedElementType("16-bit integers")
    case 0x0c: throw .unsupportedElementType("32-bit integers")
    case 0x0d: throw .unsupportedElementType("32-bit floating point")
    case 0x0e: throw .unsupportedElementType("64-bit floating point")
    default: throw .unknownElementType(magic[2])
    }
    guard rank == content.rank else {
      switch (content, rank) {
      case (.images, 1): throw .labelsInsteadOfImages
      case (.labels, 3): throw .imagesInsteadOfLabels
      default: throw .wrongRank(expected: content.rank, found: rank)
      }
    }
    let sizes = try readBytes(4 * rank, from: reader, orThrow: .truncatedHeader)
    return (0..<rank).map { dimension in
      sizes[4 * dimension..<4 * dimension + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }

  private static func countOfElements(_ dimensions: [Int]) throws(DataError.Fault) -> Int {
    guard !dimensions.contains(0) else { throw .emptyDimension(dimensions) }
    var count = 1
    for dimension in dimensions {
      let (product, overflows) = count.multipliedReportingOverflow(by: dimension)
      guard !overflows else { throw .dimensionsOverflow(dimensions) }
      count = product
    }
    return count
  }

  /// Reads all that remains, which must be `count` bytes.
  private static func readBytes(_ count: Int, from reader: ByteReader) throws(DataError.Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    // The header alone is not worth an allocation: the file must be able to hold as much.
    bytes.reserveCapacity(min(count, reader.greatestCount, 1 << 30))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var destination = chunk.mutableSpan
      let received = try reader.read(into: &destination)
      guard received > 0 else { break }
      guard received <= count - bytes.count else { throw .trailingBytes(expected: count) }
      bytes.append(contentsOf: chunk[..<received])
    }
    guard bytes.count == count else { throw .truncated(expected: count, found: bytes.count) }
    return bytes
  }

  /// Reads exactly `count` bytes of more.
  private static func readBytes(
    _ count: Int, from reader: ByteReader, orThrow fault: DataError.Fault
  ) throws(DataError.Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var chunk = [UInt8](repeating: 0, count: count - bytes.count)
      var destination = chunk.mutableSpan
      let received = try reader.read(into: &destination)
      guard received > 0 else { throw fault }
      bytes += chunk[..<received]
    }
    return bytes
  }
}
