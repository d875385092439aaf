import SystemPackage

/// A regular file, or standard input, that is open for reading.
public final class ReadableFile {
  /// The file, as the caller named it.
  public let path: String

  /// The file's size when it was opened; 0 for standard input, whose size is not known.
  public let byteCount: Int

  private let file: FileDescriptor

  /// The file's status when it was opened; `nil` for standard input.
  private let status: Stat?

  /// Standard input, which is read once and stays open. Its path is its name for messages.
  public init(standardInput: Void) {
    (path, byteCount, file, status) = ("standard input", 0, .standardInput, nil)
  }

  /// Opens the file at `path`. A pipe, a device or a folder is refused, and never waited for.
  public init(_ path: String) throws(FileError) {
    self.path = path
    do {
      // Opening a pipe would otherwise wait for a process that writes to it.
      file = try FileDescriptor.open(FilePath(name: path), .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      let errno = error as? Errno ?? .ioError
      // ENXIO is the error for a socket.
      let other: FileError.Code = errno == .noSuchAddressOrDevice ? .notAFile : .unreadable
      throw FileError(errno == .noSuchFileOrDirectory ? .noSuchFile : other, path: path, errno: errno)
    }
    status = try? file.stat()
    byteCount = Int(status?.size ?? 0)
    guard status?.type == .regular else { throw FileError(.notAFile, path: path) }
  }

  deinit {
    if file != .standardInput { try? file.close() }
  }

  /// Reads the next `count` bytes, neither more nor fewer.
  public func read(_ count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var received = 0
    while received < count {
      let more = try read(into: &bytes, from: received)
      guard more > 0 else { throw FileError(.changedWhileRead, path: path) }
      received += more
    }
    return bytes
  }

  /// Reads into the elements of `buffer` from `start` on; returns the number of bytes read, 0 at the end of the file.
  public func read(into buffer: inout [UInt8], from start: Int = 0) throws(FileError) -> Int {
    try attempt(.unreadable, path) {
      try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: .init(rebasing: $0[start...])) }
    }
  }

  /// Checks, after the last byte was read, that the file has the size and the time of its last change that it was opened
  /// with. Otherwise what was read may be a mixture of two contents. Changes within one tick of the system's clock, a few
  /// milliseconds, have the same time.
  public func checkUnchanged() throws(FileError) {
    guard let status else { return }
    let now = try attempt(.unreadable, path) { try file.stat() }
    guard now.hasContents(of: status) else { throw FileError(.changedWhileRead, path: path) }
  }
}

extension Stat {
  /// Nothing has been written to the file between this status and another one of it, by its size and time.
  fileprivate func hasContents(of other: Stat) -> Bool {
    size == other.size && st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
  }
}
