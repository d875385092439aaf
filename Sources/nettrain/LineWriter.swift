import SystemPackage

/// A file or stream that grows line by line; a line is written as a whole, and at once.
struct LineWriter {
  private let file: FileDescriptor
  private let name: String

  /// Standard output.
  static let standardOutput = LineWriter(file: .standardOutput, name: "standard output")

  private init(file: FileDescriptor, name: String) {
    self.file = file
    self.name = name
  }

  /// Creates a file, or empties the one that is there.
  init(replacing path: String) throws {
    do {
      file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw Failure(.cannotCreateOutput, "\(path): cannot be created (\(error)); choose a place you can write to")
    }
    name = path
  }

  /// Writes a line.
  func write(_ line: String) throws {
    do {
      _ = try file.writeAll((line + "\n").utf8)
    } catch {
      throw Failure(.writeFailed, "\(name): writing failed (\(error)); make room for it and run again")
    }
  }
}
