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

  /// Opens a file to append to, which is created if it is not there, and emptied if `truncating`.
  init(_ path: String, truncating: Bool) throws {
    var options: FileDescriptor.OpenOptions = [.create, .append, .closeOnExec]
    if truncating { options.insert(.truncate) }
    do {
      file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: options, permissions: FilePermissions(rawValue: 0o666))
    } catch {
      throw Failure(.cannotCreateOutput, "\(path): cannot be created (\(error)); choose a place you can write to")
    }
    name = path
  }

  /// Checks that a log is neither one of the files to be spared nor the file that standard output goes to.
  static func check(_ path: String, sparing others: [String]) throws {
    guard let old = try? Stat(FilePath(path)), old.type == .regular else { return }
    guard !others.contains(where: { isSameFile($0, path) }) else {
      throw Failure(
        .cannotCreateOutput, "\(path): the run needs this file for something else; choose another name for the log")
    }
    if let output = try? FileDescriptor.standardOutput.stat(), output.deviceID == old.deviceID,
      output.inode == old.inode
    {
      throw Failure(
        .cannotCreateOutput,
        "\(path): standard output goes there already; choose another name for the log, or leave it out")
    }
  }

  /// Writes a line.
  func write(_ line: String) throws {
    do {
      _ = try file.writeAll((line + "\n").utf8)
    } catch {
      let isFull = [.noSpace, .diskQuotaExceeded, .fileTooLarge].contains(error as? Errno)
      let remedy = isFull ? "make room for it and run again" : "choose another place for it and run again"
      throw Failure(.writeFailed, "\(name): writing failed (\(error)); \(remedy)")
    }
  }

  /// Writes a line to standard error, where a failure cannot be reported.
  static func writeToStandardError(_ line: String) {
    _ = try? FileDescriptor.standardError.writeAll((line + "\n").utf8)
  }

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
