import Files
import Glibc
import SystemPackage

/// A file or stream that grows line by line. Each line is appended whole, in one write.
struct LineWriter {
  private let file: FileDescriptor
  private let name: String

  /// Standard output.
  static var standardOutput: LineWriter { LineWriter(file: .standardOutput, name: "standard output") }

  private init(file: FileDescriptor, name: String) {
    self.file = file
    self.name = name
  }

  /// Opens a file to append to, which is created if it is not there. A regular file is locked, so that no other run
  /// appends to it; the lock ends with the process.
  ///
  /// - Parameter path: The file. A pipe is waited for until a process reads it.
  /// - Throws: A failure, if the file cannot be created or another run writes it.
  init(appendingTo path: String) throws {
    name = path
    do {
      file = try Self.open(path)
    } catch let errno as Errno {
      throw FileError(errno == .isDirectory ? .isFolder : .cannotBeCreated, path: path, errno: errno)
    }
  }

  private static func open(_ path: String) throws -> FileDescriptor {
    let file = try uninterrupted {
      try FileDescriptor.open(
        FilePath(name: path), .writeOnly, options: [.create, .append, .closeOnExec],
        permissions: FilePermissions(rawValue: 0o666), retryOnInterrupt: false)
    }
    guard try file.stat().type == .regular else { return file }
    // A run that was killed may hold its lock for a moment longer. A file system without locks gives none.
    for _ in 0..<20 {
      guard (try? file.tryLock()) == false else { return file }
      usleep(25_000)
    }
    try? file.close()
    throw Failure(.fileInUse, "\(path.shown): another run is writing this log; wait for it, or choose another name")
  }

  /// Cuts the file down to its first bytes.
  func truncate(to byteCount: Int) throws {
    do {
      try file.resize(to: Int64(byteCount))
    } catch Errno.invalidArgument {
      // A pipe or a device has no size.
    } catch {
      throw Failure(.cannotCreateOutput, "\(name.shown): cannot be emptied (\(error)); choose another name")
    }
  }

  /// Checks that a log is neither one of the files to be spared nor the file of a standard stream.
  static func check(_ path: String, sparing others: [String]) throws {
    guard let old = try? Stat(FilePath(name: path)), old.type == .regular else { return }
    guard !others.contains(where: { isSameFile($0, path) }) else {
      throw Failure(
        .cannotCreateOutput,
        "\(path.shown): the run needs this file for something else; choose another name for the log")
    }
    if let stream = standardStream(at: path) {
      throw Failure(
        .cannotCreateOutput,
        "\(path.shown): \(stream) is this file already; choose another name for the log, or leave it out")
    }
  }

  /// Writes a line.
  func write(_ line: String) throws {
    do {
      try Self.writeAll(line + "\n", to: file)
    } catch let errno as Errno {
      throw FileError(.writeFailed, path: name, errno: errno)
    }
  }

  /// Writes a line to standard error.
  static func writeToStandardError(_ line: String) { drawOnStandardError(line + "\n") }

  /// Writes a text to standard error, where a failure cannot be reported.
  static func drawOnStandardError(_ text: String) { try? writeAll(text, to: .standardError) }

  /// Writes notes to standard error, each in one line.
  static func writeToStandardError(notes: [String]) {
    for note in notes { writeToStandardError("nettrain: note: \(Formatting.oneLine(note))") }
  }

  /// Opens the standard streams that the program was started without. A file opened later would get the number of such a
  /// stream, and with it the output that is meant for the stream; now writing to the stream fails.
  static func reserveStandardStreams() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) == -1 {
      _ = try? FileDescriptor.open(FilePath("/dev/null"), number == STDERR_FILENO ? .writeOnly : .readOnly)
    }
  }
}

extension LineWriter {
  /// Writes all of a text, and waits for a reader that is slow.
  private static func writeAll(_ text: String, to file: FileDescriptor) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      do {
        let count = try uninterrupted {
          try unsafe rest.withUnsafeBytes { try unsafe file.write($0, retryOnInterrupt: false) }
        }
        rest.removeFirst(count)
      } catch Errno.brokenPipe {
        throw StopSignal.closedPipe()
      } catch Errno.resourceTemporarilyUnavailable {
        // Another process has set the stream to fail instead of waiting.
        var request = pollfd(fd: file.rawValue, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, 1000)
        if StopSignal.isOverdue { throw Failure(signal: StopSignal.received ?? SIGTERM) }
      }
    }
  }

  /// Makes a system call that may block, again after each interruption, until a signal to stop is overdue.
  private static func uninterrupted<Result>(_ call: () throws -> Result) throws -> Result {
    while true {
      do {
        return try call()
      } catch Errno.interrupted {
        if StopSignal.isOverdue { throw Failure(signal: StopSignal.received ?? SIGTERM) }
      }
    }
  }
}
