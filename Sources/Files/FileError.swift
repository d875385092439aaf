public import SystemPackage

/// A file that cannot be read, replaced or locked, with the reason. Unless the code is ``Code/notDurable``, a file that
/// could not be replaced keeps its old contents.
public struct FileError: Error, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: Equatable, Sendable {
    /// A file to read does not exist, is a folder, a device or a pipe, cannot be read, or was changed meanwhile.
    case noSuchFile, notAFile, unreadable, changedWhileRead
    /// A file to write is a folder, is a device or a pipe, or cannot be created in this place.
    case isFolder, isSpecial, cannotBeCreated
    /// Writing and flushing the temporary file, renaming it, or flushing its folder after that failed.
    case writeFailed, cannotBeRenamed, notDurable
    /// The file's lock is held by another process, or cannot be taken.
    case lockedByAnother, cannotBeLocked
  }

  /// The kind of failure.
  public let code: Code

  /// The file, as the caller named it.
  public let path: String

  /// The reason that the operating system gave; `nil` where it gave none.
  public let errno: Errno?

  /// A failure with the file at `path`.
  public init(_ code: Code, path: String, errno: Errno? = nil) {
    self.code = code
    self.path = path
    self.errno = errno
  }

  /// A file to read does not exist, is not a regular one or may not be read.
  public var isMissing: Bool { [.noSuchFile, .notAFile, .unreadable].contains(code) }

  /// A file to write can never be written in this place, as opposed to a failure while it is written.
  public var isCreation: Bool { [.isFolder, .isSpecial, .cannotBeCreated, .cannotBeLocked].contains(code) }

  /// Path, problem and remedy in one line.
  public var description: String { "\(path.shown): \(problem)" }

  private var problem: String {
    let reason = errno.map { " (\($0))" } ?? ""
    func remedy(_ usual: String) -> String { errno?.remedy ?? usual }
    return switch code {
    case .noSuchFile: "there is no such file; check the name"
    case .notAFile: "this is not a regular file; use a regular file instead"
    case .unreadable: FileError.unreadable(errno)
    case .changedWhileRead: "the file changed while it was read; read it again when nothing writes it"
    case .isFolder: "this is a folder; give the name of a file"
    case .isSpecial: "this is not a regular file; choose another name"
    case .cannotBeCreated: "cannot be created\(reason); \(remedy("choose a place you can write to"))"
    case .writeFailed: "writing failed\(reason); \(remedy("choose another place for it and run again"))"
    case .cannotBeRenamed:
      "cannot be put in its place\(reason); \(remedy("choose another place for it and run again"))"
    case .notDurable:
      "is written, but may not survive a power failure\(reason); \(remedy("choose another place for it and run again"))"
    case .lockedByAnother: "another process is writing this file; wait for its end, or choose another name"
    case .cannotBeLocked:
      "cannot be locked against other processes\(reason); \(remedy("choose a place you can write to"))"
    }
  }

  /// Problem and remedy of a file or folder that cannot be read.
  package static func unreadable(_ errno: Errno?) -> String {
    let mayNot = errno == .permissionDenied || errno == .notPermitted
    let remedy = mayNot ? "check its permissions" : errno?.remedy ?? "use another copy of it"
    return "cannot be read\(errno.map { " (\($0))" } ?? ""); \(remedy)"
  }
}

extension Errno {
  /// The remedy of a failure that has the same one for all files and folders; or else `nil`.
  fileprivate var remedy: String? {
    switch self {
    case .noSpace, .diskQuotaExceeded, .fileTooLarge: "make room for it and run again"
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem: "close other files, or raise the limit on open files"
    case .fileNameTooLong: "use a shorter name"
    case .notDirectory: "a part of the name is a file, so check it"
    case .tooManySymbolicLinkLevels: "check the symbolic links in its name"
    case .noLocks: "choose a place on a file system with locks"
    default: nil
    }
  }
}

/// Runs `body`, and throws what goes wrong in it as a failure of this kind with the file at `path`.
func attempt<Result>(
  _ code: FileError.Code, _ path: String, _ body: () throws -> Result
) throws(FileError) -> Result {
  do {
    return try body()
  } catch {
    throw FileError(code, path: path, errno: error as? Errno ?? .ioError)
  }
}
