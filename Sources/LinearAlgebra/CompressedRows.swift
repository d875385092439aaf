/// A matrix of bytes, row by row, of which only the nonzero ones are kept.
///
/// Four fifths of the pixels of MNIST are 0: an image takes about 450 bytes so, in place of 784, and a product with it a
/// fifth of the multiplications.
public struct CompressedRows: Sendable {
  /// The most columns there can be: an entry holds its column in 16 bits.
  public static let largestColumnCount = 1 << 16

  /// The number of columns, zeros included.
  public let columnCount: Int

  /// The entries of row i are those from `starts[i]` up to, not including, `starts[i + 1]`.
  let starts: [Int]

  /// The column of each entry, rising within a row.
  let columns: [UInt16]

  /// The byte of each entry, never 0.
  let bytes: [UInt8]

  /// The number of rows.
  public var rowCount: Int { starts.count - 1 }

  /// The number of bytes that are not 0.
  public var entryCount: Int { starts[rowCount] }

  /// No rows.
  public init() {
    (columnCount, starts, columns, bytes) = (0, [0], [0], [0])
  }

  /// Compresses rows of `columnCount` bytes that follow one another.
  public init(_ source: Span<UInt8>, columnCount: Int) {
    precondition(columnCount > 0 && columnCount <= Self.largestColumnCount, "a column has a number of 16 bits")
    precondition(source.count.isMultiple(of: columnCount), "each row has a byte for each column")
    let entryCount = Self.nonzeroCount(source)
    self.columnCount = columnCount
    // One more than there are entries: even blank rows have an address.
    var columns = [UInt16](repeating: 0, count: entryCount + 1)
    var bytes = [UInt8](repeating: 0, count: entryCount + 1)
    var starts = [0]
    starts.reserveCapacity(source.count / columnCount + 1)
    var entry = 0
    for first in stride(from: 0, to: source.count, by: columnCount) {
      let row = source.extracting(first..<first + columnCount)
      for column in stride(from: 0, to: columnCount, by: 8) {
        var word = row.word(at: column)
        while word != 0 {
          let place = word.trailingZeroBitCount / 8
          columns[entry] = UInt16(truncatingIfNeeded: column + place)
          bytes[entry] = UInt8(truncatingIfNeeded: word >> (8 * place))
          entry += 1
          word &= ~(0xFF << (8 * place))
        }
      }
      starts.append(entry)
    }
    (self.starts, self.columns, self.bytes) = (starts, columns, bytes)
  }

  /// The number of bytes that are not 0.
  public static func nonzeroCount(_ source: Span<UInt8>) -> Int {
    var count = 0
    for place in stride(from: 0, to: source.count, by: 8) {
      let word = source.word(at: place)
      let sevenBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      // The highest bit of each byte that is not 0; then the sum of those bits.
      let marks = (((word & sevenBits) &+ sevenBits) | word) & ~sevenBits
      count += Int(((marks >> 7) &* 0x0101_0101_0101_0101) >> 56)
    }
    return count
  }

  @unsafe
  func withUnsafePointers(
    _ body: (_ starts: UnsafePointer<Int>, _ columns: UnsafePointer<UInt16>, _ bytes: UnsafePointer<UInt8>) -> Void
  ) {
    unsafe starts.withUnsafeBufferPointer { starts in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe bytes.withUnsafeBufferPointer { bytes in
          guard let starts = starts.baseAddress, let columns = columns.baseAddress, let bytes = bytes.baseAddress
          else { return }
          unsafe body(starts, columns, bytes)
        }
      }
    }
  }
}

extension Span<UInt8> {
  /// Eight bytes, the first of them lowest; zeros stand for those beyond the end.
  @inline(__always)
  fileprivate func word(at place: Int) -> UInt64 {
    if place + 8 <= count {
      return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    return (place..<count).reduce(0) { word, index in word | UInt64(self[index]) << (8 * (index - place)) }
  }
}
