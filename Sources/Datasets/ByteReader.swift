import SystemPackage

/// Reads the bytes of a file in order, decompressed where it is gzip, which its first bytes tell.
///
/// The name does not count: browsers and servers decompress files on the way and keep the `.gz`.
final class ByteReader {
  /// No more bytes than these can come, since deflate makes at most 1,032 bytes of one.
  private(set) var greatestCount: Int

  private let file: FileDescriptor
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var unread = 0..<0
  private var inflater: Inflater?
  private var isBetweenMembers = false

  init(path: String) throws(DataError.Fault) {
    let status: Stat
    do {
      status = try Stat(FilePath(path))
      file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw DataError.Fault(reading: error)
    }
    greatestCount = Int(status.size)
    guard status.type == .regular else { throw .notAFile }
    try fillBuffer()
    if buffer[unread].starts(with: [0x1f, 0x8b]) {
      inflater = try Inflater()
      greatestCount = greatestCount.multipliedReportingOverflow(by: 1032).partialValue
    }
  }

  deinit {
    try? file.close()
  }

  /// The first bytes of the file as it is stored, at most `count`.
  func peek(_ count: Int) -> ArraySlice<UInt8> { buffer[unread].prefix(count) }

  /// Reads up to as many bytes as `destination` holds; returns how many came, 0 at the end of the data.
  ///
  /// The end is reported only after every checksum was found right.
  func read(into destination: inout MutableSpan<UInt8>) throws(DataError.Fault) -> Int {
    while true {
      if unread.isEmpty { try fillBuffer() }
      if unread.isEmpty {
        if inflater != nil && !isBetweenMembers { throw .truncatedGzip }
        return 0
      }
      let count = try takeBytes(into: &destination)
      if count > 0 { return count }
    }
  }

  /// Moves bytes from the buffer to the destination, through the inflater where there is one.
  private func takeBytes(into destination: inout MutableSpan<UInt8>) throws(DataError.Fault) -> Int {
    guard let inflater else {
      let count = min(unread.count, destination.count)
      for index in 0..<count { destination[index] = buffer[unread.lowerBound + index] }
      unread.removeFirst(count)
      return count
    }
    if isBetweenMembers {
      // zlib would say "incorrect header check" of a second member, as of a first.
      guard buffer[unread.lowerBound] == 0x1f else { throw .bytesAfterGzip }
      inflater.startNextMember()
      isBetweenMembers = false
    }
    let buffer = buffer
    let progress = try inflater.inflate(buffer.span.extracting(unread), into: &destination)
    unread.removeFirst(progress.consumed)
    isBetweenMembers = progress.endsMember
    return progress.produced
  }

  private func fillBuffer() throws(DataError.Fault) {
    do {
      let file = file
      let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
      unread = 0..<count
    } catch {
      throw DataError.Fault(reading: error)
    }
  }
}

extension DataError.Fault {
  /// What the operating system said when a file was opened or read.
  init(reading error: any Error) {
    let number = error as? Errno
    self = number == .noSuchFileOrDirectory ? .noSuchFile : .unreadable(number?.description ?? "\(error)")
  }
}

extension Range<Int> {
  /// Drops the first `count` numbers.
  fileprivate mutating func removeFirst(_ count: Int) { self = lowerBound + count..<upperBound }
}
