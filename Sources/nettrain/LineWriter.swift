import Glibc
import SystemPackage

/// A file or stream that grows line by line; a line is written as a whole, and at once.
struct LineWriter {
  private enum Destination {
    case file(FileDescriptor)
    case memory(Collection)
  }

  private final class Collection {
    var text = ""
  }

  private let destination: Destination
  private let name: String

  /// Standard output.
  static var standardOutput: LineWriter { LineWriter(file: .standardOutput, name: "standard output") }

  private init(file: FileDescriptor, name: String) {
    destination = .file(file)
    self.name = name
  }

  /// A writer to memory.
  init() {
    destination = .memory(Collection())
    name = "memory"
  }

  /// What has been written to memory.
  var text: String {
    if case .memory(let collection) = destination { collection.text } else { "" }
  }

  /// Creates a file, or empties the one that is there, unless that is one of the files to be spared or standard output.
  init(replacing path: String, sparing others: [String]) throws {
    try self.init(opening: path, sparing: others, options: [.create, .truncate, .closeOnExec])
  }

  /// Goes on with a file, unless that is one of the files to be spared or standard output.
  init(appendingTo path: String, sparing others: [String]) throws {
    try self.init(opening: path, sparing: others, options: [.create, .append, .closeOnExec])
  }

  private init(opening path: String, sparing others: [String], options: FileDescriptor.OpenOptions) throws {
    try Self.check(path, sparing: others)
    do {
      destination = .file(
        try FileDescriptor.open(
          FilePath(path), .writeOnly, options: options, permissions: [.ownerReadWrite, .groupRead, .otherRead]))
    } catch {
      throw Failure(.cannotCreateOutput, "\(path): cannot be created (\(error)); choose a place you can write to")
    }
    name = path
  }

  /// - Throws: A failure, if a file is one of those to be spared or standard output.
  static func check(_ path: String, sparing others: [String]) throws {
    if let old = try? Stat(FilePath(path)), old.type == .regular {
      if others.contains(where: { (try? Stat(FilePath($0))).map(old.isSameFile) ?? false }) {
        throw Failure(
          .cannotCreateOutput, "\(path): the run needs this file for something else; choose another name for the log")
      }
      if (try? FileDescriptor.standardOutput.stat()).map(old.isSameFile) ?? false {
        throw Failure(
          .cannotCreateOutput,
          "\(path): standard output goes there already; choose another name for the log, or leave it out")
      }
    }
  }

  /// Writes a line.
  func write(_ line: String) throws {
    do {
      switch destination {
      case .file(let file): _ = try file.writeAll((line + "\n").utf8)
      case .memory(let collection): collection.text += line + "\n"
      }
    } catch {
      let isFull = [.noSpace, .diskQuotaExceeded, .fileTooLarge].contains(error as? Errno)
      let remedy = isFull ? "make room for it and run again" : "choose another place for it and run again"
      throw Failure(.writeFailed, "\(name): writing failed (\(error)); \(remedy)")
    }
  }

  /// Writes a line to standard error, where nothing can be said of a failure.
  static func writeToStandardError(_ line: String) {
    _ = try? FileDescriptor.standardError.writeAll((line + "\n").utf8)
  }

  /// Fills the places of standard streams that the program was started without. A file opened later would take their
  /// numbers, and what is meant for the stream would go into the file; now writing to them fails.
  static func reserveStandardStreams() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) == -1 {
      _ = try? FileDescriptor.open(FilePath("/dev/null"), number == STDERR_FILENO ? .writeOnly : .readOnly)
    }
  }
}

extension Stat {
  /// Whether two names stand for the same file.
  fileprivate func isSameFile(as other: Stat) -> Bool { deviceID == other.deviceID && inode == other.inode }
}
