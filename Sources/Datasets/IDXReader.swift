public import Memory

/// Reads an IDX file of unsigned bytes, images or labels, gzipped or not, and checks every byte of its structure.
///
///     00 00 08 rank | rank × big-endian u32 dimensions | the bytes, last dimension fastest
///
/// Labels may also be QMNIST's, a table of 32-bit integers: a row of eight for each image, the class first.
/// - Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits"; C. Yadav, L. Bottou, "Cold case:
///   the lost MNIST digits", 2019.
public final class IDXReader {
  /// The contents that a file is expected to have.
  public enum Content: Sendable {
    /// Images: dimensions [count, rows, columns].
    case images
    /// Labels: dimensions [count], or [count, 8] in a table.
    case labels

    /// The number of dimensions.
    var rank: Int { self == .images ? 3 : 1 }
  }

  /// The file's name, for messages.
  public let path: String

  /// The sizes that the header declares, none of them 0.
  public let dimensions: [Int]

  /// The number of bytes after the header: the product of the dimensions, and of the 4 bytes of an integer.
  public let count: Int

  /// The SHA-256 of the decompressed file, header included, in hexadecimal; `nil` before all was read, and if it was not
  /// asked for. Compressed copies of the same data differ; this does not.
  public private(set) var sha256: String?

  /// The bytes of a row of QMNIST's table; `nil` for files of bytes.
  private let tableRow: Int?
  /// The bytes that `nextRows` has read.
  private var receivedCount = 0
  private let reader: ByteReader
  private let digest: SHA256Digest?

  /// Opens a file and reads its header.
  public convenience init(path: String, content: Content, hashing: Bool = false) throws(DataError) {
    let reader: ByteReader
    do {
      reader = try ByteReader(path: path)
    } catch {
      throw DataError(path: path, fault: error)
    }
    try self.init(reader, path: path, content: content, hashing: hashing)
  }

  /// Reads the header of a file that is open at its beginning.
  init(_ reader: ByteReader, path: String, content: Content, hashing: Bool = false) throws(DataError) {
    do throws(DataError.Fault) {
      guard !reader.peek(1).isEmpty else { throw .empty }
      let text = reader.peek(64).drop { " \t\r\n".utf8.contains($0) }
      if text.first == UInt8(ascii: "<") { throw .webPage }
      let magic = try Self.header(4, from: reader)
      let isTable = content == .labels && magic.elementsEqual([0, 0, 0x0c, 2])
      if !isTable { try Self.check(magic, content) }
      let sizes = try Self.header(4 * (isTable ? 2 : content.rank), from: reader)
      let dimensions = stride(from: 0, to: sizes.count, by: 4).map { place in
        sizes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      }
      guard !isTable || dimensions[1] == 8 else { throw .wrongColumnCount(dimensions[1]) }
      tableRow = isTable ? 4 * dimensions[1] : nil
      count = try Self.product(dimensions) * (isTable ? 4 : 1)
      self.dimensions = dimensions
      digest = hashing ? SHA256Digest() : nil
      digest?.update((magic + sizes).span)
      self.path = path
      self.reader = reader
    } catch {
      throw DataError(path: path, fault: error)
    }
  }

  /// A number of bytes that may be reserved on the word of the header: the file can be expected to have as many.
  public var plausibleCount: Int { min(count, reader.plausibleCount) }

  /// The greatest number of bytes that can follow the header, by its word and by the size of the file.
  var possibleCount: Int { min(count, reader.possibleCount) }

  /// The bytes of a part of `readAll`, about 128 KiB.
  private static func partSize(row: Int) -> Int { max(1, (1 << 17) / row) * row }

  /// The first part of the bytes after the header. Nothing else can be read by this reader then.
  func firstPart(row: Int = 1) throws(DataError) -> ArraySlice<UInt8> {
    var part = [UInt8](repeating: 0, count: min(count, Self.partSize(row: row)))
    do {
      let read = try reader.read(into: &part)
      return part[..<(read - read % row)]
    } catch {
      throw DataError(path: path, fault: error)
    }
  }

  /// Reads all bytes after the header, in parts whose length is a multiple of `row` but for a last one that is cut off.
  public func readAll(
    row: Int = 1, _ body: (Span<UInt8>) throws(MemoryShortage) -> Void
  ) throws(DataError) {
    do throws(DataError.Fault) {
      var part = [UInt8](repeating: 0, count: Self.partSize(row: row))
      var received = 0
      while true {
        let read = try reader.read(into: &part)
        guard read <= count - received else { throw .trailingBytes(expected: count) }
        received += read
        digest?.update(part.span.extracting(0..<read))
        do { try body(part.span.extracting(0..<read - read % row)) } catch { throw .notEnoughMemory(error) }
        if read < part.count { break }
      }
      guard received == count else { throw .truncated(expected: count, found: received) }
      sha256 = digest?.finalize()
    } catch {
      throw DataError(path: path, fault: error)
    }
  }

  /// The next rows of `row` bytes after the header, at most `count` of them; none at the end. A file that is cut off gives
  /// its whole rows before the error.
  public func nextRows(_ count: Int, row: Int) throws(DataError) -> [UInt8] {
    do throws(DataError.Fault) {
      let remaining = self.count - receivedCount
      // One byte more than there should be, to find bytes that follow.
      var rows = [UInt8](repeating: 0, count: min(count * row, remaining == 0 ? 1 : remaining))
      let read = try reader.read(into: &rows)
      guard read <= remaining else { throw .trailingBytes(expected: self.count) }
      rows.removeLast(rows.count - read / row * row)
      receivedCount += read
      guard read == remaining || !rows.isEmpty else {
        throw .truncated(expected: self.count, found: receivedCount)
      }
      return rows
    } catch {
      throw DataError(path: path, fault: error)
    }
  }

  /// All bytes after the header.
  public func bytes() throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(try checkedCount())
    try readAll { part throws(MemoryShortage) in
      unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// The classes in a file of labels.
  public func labels() throws(DataError) -> [UInt8] {
    guard let tableRow else { return try bytes() }
    var labels: [UInt8] = []
    var misfit: DataError.Fault?
    labels.reserveCapacity(try checkedCount() / tableRow)
    try readAll(row: tableRow) { part throws(MemoryShortage) in
      for row in stride(from: 0, to: part.count, by: tableRow) {
        let label = Int32(bitPattern: (row..<row + 4).reduce(UInt32(0)) { $0 << 8 | UInt32(part[$1]) })
        if misfit == nil && UInt8(exactly: label) == nil {
          misfit = .labelOutOfRange(label: Int(label), position: labels.count)
        }
        labels.append(UInt8(truncatingIfNeeded: label))
      }
    }
    if let misfit { throw DataError(path: path, fault: misfit) }
    return labels
  }

  /// The first labels, as they are in the file; at most 128 KiB. Nothing else can be read by this reader then.
  func firstLabels() throws(DataError) -> [UInt8] {
    let part = try firstPart(row: tableRow ?? 1)
    return stride(from: tableRow == nil ? 0 : 3, to: part.count, by: tableRow ?? 1).map { part[$0] }
  }

  /// The number of bytes to reserve for all that follow the header, when there is memory for them.
  private func checkedCount() throws(DataError) -> Int {
    do {
      try Memory.check(use: possibleCount)
    } catch {
      throw DataError(path: path, fault: .notEnoughMemory(error))
    }
    return possibleCount
  }

  private static func header(_ count: Int, from reader: ByteReader) throws(DataError.Fault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard try reader.read(into: &bytes) == count else { throw .truncatedHeader }
    return bytes
  }

  private static func check(_ magic: [UInt8], _ content: Content) throws(DataError.Fault) {
    guard magic[0] == 0 && magic[1] == 0 else { throw .notIDX(magic) }
    switch magic[2] {
    case 0x08: break
    case 0x09: throw .unsupportedElementType("signed bytes")
    case 0x0b: throw .unsupportedElementType("16-bit integers")
    case 0x0c: throw .unsupportedElementType("32-bit integers")
    case 0x0d: throw .unsupportedElementType("32-bit floating point")
    case 0x0e: throw .unsupportedElementType("64-bit floating point")
    default: throw .unknownElementType(magic[2])
    }
    switch (content, Int(magic[3])) {
    case (_, content.rank): break
    case (.images, 1): throw .labelsInsteadOfImages
    case (.labels, 3): throw .imagesInsteadOfLabels
    case (_, let rank): throw .wrongRank(expected: content.rank, found: rank)
    }
  }

  private static func product(_ dimensions: [Int]) throws(DataError.Fault) -> Int {
    guard !dimensions.contains(0) else { throw .emptyDimension(dimensions) }
    var count = 1
    for dimension in dimensions {
      let (product, overflows) = count.multipliedReportingOverflow(by: dimension)
      guard !overflows else { throw .dimensionsOverflow(dimensions) }
      count = product
    }
    return count
  }
}
