internal import Files

/// Reads the bytes of a file in order, and decompresses gzip.
///
/// The first bytes tell whether the file is gzip, not its name: browsers and servers decompress files on the way and keep
/// the `.gz`.
final class ByteReader {
  private let file: ReadableFile
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var unread = 0..<0
  private var inflater: Inflater?
  private var isBetweenMembers = false

  convenience init(path: String) throws(DataError.Fault) {
    let file: ReadableFile
    do {
      file = try ReadableFile(path)
    } catch {
      throw .file(error)
    }
    try self.init(file)
  }

  /// Reads a file from its beginning.
  init(_ file: ReadableFile) throws(DataError.Fault) {
    self.file = file
    // A pipe may give the first bytes one by one, and they tell what the file is.
    try fillBuffer(atLeast: 64)
    if buffer[unread].starts(with: [0x1f, 0x8b]) { inflater = try Inflater() }
  }

  /// A size that the data can be expected to stay below: buffers up to it may be reserved on the word of a header.
  var plausibleCount: Int {
    inflater == nil ? file.byteCount : file.byteCount.multipliedReportingOverflow(by: 32).partialValue
  }

  /// The greatest size that the data can have: deflate makes at most 1032 bytes of one.
  var possibleCount: Int {
    inflater == nil ? file.byteCount : file.byteCount.multipliedReportingOverflow(by: 1032).partialValue
  }

  /// The first bytes of the file as it is stored, at most `count`.
  func peek(_ count: Int) -> ArraySlice<UInt8> { buffer[unread].prefix(count) }

  /// Fills `destination`, or as much of it as there is left to read.
  ///
  /// - Returns: The number of bytes read. Fewer than `destination` holds are the last ones, and every checksum was right.
  func read(into destination: inout [UInt8]) throws(DataError.Fault) -> Int {
    var count = 0
    while count < destination.count {
      if unread.isEmpty { try fillBuffer() }
      if unread.isEmpty {
        if inflater != nil && !isBetweenMembers { throw .truncatedGzip }
        break
      }
      count += try takeBytes(into: &destination, from: count)
    }
    return count
  }

  /// Moves bytes from the buffer to the destination, through the inflater if there is one.
  private func takeBytes(into destination: inout [UInt8], from start: Int) throws(DataError.Fault) -> Int {
    guard let inflater else {
      let count = min(unread.count, destination.count - start)
      destination.replaceSubrange(start..<start + count, with: buffer[unread.prefix(count)])
      unread.removeFirst(count)
      return count
    }
    if isBetweenMembers {
      // zlib would say "incorrect header check" of a second member, as of a first.
      guard buffer[unread.lowerBound] == 0x1f else { throw .bytesAfterGzip }
      inflater.startNextMember()
      isBetweenMembers = false
    }
    let progress = try inflater.inflate(buffer, unread, into: &destination, from: start)
    unread.removeFirst(progress.consumed)
    isBetweenMembers = progress.endsMember
    return progress.produced
  }

  /// Whether two files have the same bytes, each decompressed if it is gzip. A damaged file equals no other.
  static func haveEqualContents(_ path: String, _ other: String) -> Bool {
    do {
      let readers = (try ByteReader(path: path), try ByteReader(path: other))
      var parts = ([UInt8](repeating: 0, count: 1 << 16), [UInt8](repeating: 0, count: 1 << 16))
      while true {
        let counts = (try readers.0.read(into: &parts.0), try readers.1.read(into: &parts.1))
        guard counts.0 == counts.1, parts.0[..<counts.0] == parts.1[..<counts.1] else { return false }
        if counts.0 < parts.0.count { return true }
      }
    } catch {
      return false
    }
  }

  /// Reads at least so many bytes, or all there are, and mostly as many as the buffer holds.
  private func fillBuffer(atLeast least: Int = 1) throws(DataError.Fault) {
    do {
      unread = 0..<0
      while unread.count < least, case let count = try file.read(into: &buffer, from: unread.count), count > 0 {
        unread = 0..<unread.count + count
      }
      if unread.isEmpty { try file.checkUnchanged() }
    } catch {
      throw .file(error)
    }
  }
}

extension Range<Int> {
  /// Drops the first `count` numbers.
  fileprivate mutating func removeFirst(_ count: Int) { self = lowerBound + count..<upperBound }
}
