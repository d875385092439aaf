import Files

/// Reads a file line by line, and holds no more of it than a line.
struct LogLines {
  /// A line, or what stands in its place.
  enum Line {
    /// The bytes before a newline.
    case whole([UInt8])
    /// The bytes after the last newline; none, if it ends the file.
    case last([UInt8])
    /// A line with more bytes than expected.
    case tooLong
  }

  private let file: ReadableFile
  private let limit: Int
  private var unread: ArraySlice<UInt8> = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// The lines of a file, which have at most `limit` bytes.
  init(of file: ReadableFile, limit: Int) {
    self.file = file
    self.limit = limit
  }

  /// Reads the next line.
  mutating func next() throws(FileError) -> Line {
    var line: [UInt8] = []
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        line += unread[..<end]
        unread = unread[(end + 1)...]
        return line.count > limit ? .tooLong : .whole(line)
      }
      line += unread
      guard line.count <= limit else { return .tooLong }
      let count = try file.read(into: &buffer)
      unread = buffer[..<count]
      if count == 0 { return .last(line) }
    }
  }
}
