import SystemPackage

/// What is wrong with the file of a path.
public struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// The file, as the user named it.
  public let path: String

  /// What is wrong with it.
  public let fault: SafetensorsFault

  /// A fault of the file at `path`.
  public init(path: String, fault: SafetensorsFault) {
    self.path = path
    self.fault = fault
  }

  /// Whether the file is not there or may not be read; otherwise it was read and is malformed.
  public var isMissing: Bool {
    switch fault {
    case .noSuchFile, .notAFile, .unreadable: true
    default: false
    }
  }

  /// File, fault and remedy in one line.
  public var description: String { "\(path): \(fault)" }
}

extension Safetensors {
  /// Reads a regular file, as much of it as it had when it was opened.
  ///
  /// No size in the file is believed before it was compared with the file's own: what is allocated is never more than
  /// the file could fill.
  public init(readingFrom path: String) throws(SafetensorsError) {
    do throws(SafetensorsFault) {
      let file = try ReadableFile(path)
      try self.init(byteCount: file.byteCount, take: file.read)
    } catch {
      throw SafetensorsError(path: path, fault: error)
    }
  }
}

/// A regular file that is open for reading.
private final class ReadableFile {
  /// The file's size when it was opened.
  let byteCount: Int

  private let file: FileDescriptor

  init(_ path: String) throws(SafetensorsFault) {
    let status: Stat
    do {
      // Without waiting, for the name may be that of a pipe that nobody writes to.
      file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw error as? Errno == .noSuchFileOrDirectory ? .noSuchFile : .unreadable("\(error)")
    }
    do {
      status = try file.stat()
    } catch {
      throw .unreadable("\(error)")
    }
    guard status.type == .regular else { throw .notAFile }
    byteCount = Int(status.size)
  }

  deinit {
    try? file.close()
  }

  /// Reads the next `count` bytes, neither more nor fewer.
  func read(_ count: Int) throws(SafetensorsFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var received = 0
    while received < count {
      let more: Int
      do {
        more = try unsafe bytes.withUnsafeMutableBytes { bytes in
          try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[received...]))
        }
      } catch {
        throw .unreadable("\(error)")
      }
      guard more > 0 else { throw .changedWhileRead }
      received += more
    }
    return bytes
  }
}
