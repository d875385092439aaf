internal import CKernels

/// A matrix of bytes, row by row, that stores only its nonzero bytes.
///
/// Four fifths of the pixels of MNIST are 0: an image takes about 450 bytes in place of 784, and a product with it a
/// fifth of the multiplications.
public struct CompressedRows: Sendable {
  /// The greatest number of columns: an entry stores its column in 16 bits.
  public static let largestColumnCount = 1 << 16

  /// The greatest number of rows that an update sorts by column and adds together.
  public static let blockSize = nettrain_block_size

  /// The number of columns, zeros included.
  public let columnCount: Int

  // The entries of row i are those from starts[i] up to, not including, starts[i + 1]. Columns rise within a row;
  // bytes are never 0. Entry 0 is unused: so the arrays are never empty, and their addresses never nil.
  private var starts = [1]
  private var columns: [UInt16] = [0]
  private var bytes: [UInt8] = [0]

  /// No rows, of `columnCount` bytes each.
  public init(columnCount: Int) {
    precondition(columnCount > 0 && columnCount <= Self.largestColumnCount, "a column has a number of 16 bits")
    self.columnCount = columnCount
  }

  /// Compresses rows of `columnCount` bytes that follow one another.
  public init(_ source: Span<UInt8>, columnCount: Int) {
    self.init(columnCount: columnCount)
    append(source)
  }

  /// The number of rows.
  public var rowCount: Int { starts.count - 1 }

  /// The number of nonzero bytes.
  public var entryCount: Int { entryCount(ofRows: 0..<rowCount) }

  /// The number of nonzero bytes in some rows.
  public func entryCount(ofRows rows: Range<Int>) -> Int { starts[rows.upperBound] - starts[rows.lowerBound] }

  /// Makes room for rows and entries in all.
  public mutating func reserveCapacity(rows: Int, entries: Int) {
    starts.reserveCapacity(rows + 1)
    columns.reserveCapacity(entries + 1)
    bytes.reserveCapacity(entries + 1)
  }

  /// The capacity, a quarter more than is used, to be reserved before rows of bytes are appended; `nil` if they fit into
  /// the one there is.
  public func capacity(whenGrowingFor source: Span<UInt8>) -> (rows: Int, entries: Int)? {
    let rows = source.count / columnCount
    // An entry is written for each byte at most, and eight more for a moment.
    let room = min(columns.capacity, bytes.capacity) - bytes.count - 8
    guard
      starts.capacity - starts.count < rows || (room < source.count && room < Self.nonzeroCount(source))
    else { return nil }
    return (rowCount + max(rowCount / 4, rows), entryCount + max(entryCount / 4, source.count + 8))
  }

  /// Appends whole rows of bytes that follow one another.
  public mutating func append(_ source: Span<UInt8>) {
    precondition(source.count.isMultiple(of: columnCount), "each row has a byte for each column")
    var entry = bytes.count
    let end = entry + Self.nonzeroCount(source)
    // Each nonzero word writes eight entries, of which those of zeros are written over.
    columns.append(contentsOf: repeatElement(0, count: end - entry + 8))
    bytes.append(contentsOf: repeatElement(0, count: end - entry + 8))
    unsafe columns.withUnsafeMutableBufferPointer { columns in
      unsafe bytes.withUnsafeMutableBufferPointer { bytes in
        for first in stride(from: 0, to: source.count, by: columnCount) {
          let row = source.extracting(first..<first + columnCount)
          for column in stride(from: 0, to: columnCount, by: 8) {
            let word = row.word(at: column)
            guard word != 0 else { continue }
            for place in 0..<8 {
              let byte = UInt8(truncatingIfNeeded: word >> (8 * place))
              unsafe columns[entry] = UInt16(truncatingIfNeeded: column + place)
              unsafe bytes[entry] = byte
              entry += byte == 0 ? 0 : 1
            }
          }
          starts.append(entry)
        }
      }
    }
    columns.removeLast(8)
    bytes.removeLast(8)
  }

  /// The bytes of a row, zeros included.
  public func bytes(ofRow row: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: columnCount)
    for entry in starts[row]..<starts[row + 1] { result[Int(columns[entry])] = bytes[entry] }
    return result
  }

  /// The rows at these positions, in their order.
  public func reordered(_ positions: [Int]) -> CompressedRows {
    var rows = CompressedRows(columnCount: columnCount)
    rows.reserveCapacity(rows: positions.count, entries: entryCount)
    for position in positions {
      let entries = starts[position]..<starts[position + 1]
      rows.columns += columns[entries]
      rows.bytes += bytes[entries]
      rows.starts.append(rows.bytes.count)
    }
    return rows
  }

  /// The number of nonzero bytes.
  public static func nonzeroCount(_ source: Span<UInt8>) -> Int {
    var count = 0
    for place in stride(from: 0, to: source.count, by: 8) {
      let word = source.word(at: place)
      let sevenBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      // Sets the highest bit of each nonzero byte, then adds up those bits.
      let marks = (((word & sevenBits) &+ sevenBits) | word) & ~sevenBits
      count += Int(((marks >> 7) &* 0x0101_0101_0101_0101) >> 56)
    }
    return count
  }

  /// Calls `body` with the rows of a selection as the C functions take them.
  @unsafe
  func withUnsafeRows(_ selection: [UInt32], _ body: (nettrain_sparse_rows) -> Void) {
    unsafe starts.withUnsafeBufferPointer { starts in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe bytes.withUnsafeBufferPointer { bytes in
          unsafe selection.withUnsafeBufferPointer { selection in
            unsafe body(
              nettrain_sparse_rows(
                starts: starts.baseAddress, columns: columns.baseAddress, bytes: bytes.baseAddress,
                selection: selection.baseAddress, count: selection.count))
          }
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
