import SystemPackage

/// Why a file could not be replaced. Unless the step is the last one, what was there is untouched.
public struct WriteFailure: Error, Equatable, CustomStringConvertible {
  /// The steps in their order.
  public enum Step: Equatable, Sendable {
    /// Looking at what is there.
    case examine
    /// Creating a temporary file beside it.
    case create
    /// Writing the temporary file.
    case write
    /// Bringing the temporary file to the disk.
    case synchronize
    /// Putting the temporary file in the file's place.
    case rename
    /// Bringing the file's name to the disk; the file itself is in its place, and whole.
    case synchronizeFolder
  }

  /// The file, as the user named it.
  public let path: String

  /// The step that failed.
  public let step: Step

  /// Why, as the operating system tells it.
  public let errno: Errno

  /// The failure of a step for the file at `path`.
  public init(path: String, step: Step, errno: Errno) {
    self.path = path
    self.step = step
    self.errno = errno
  }

  /// Whether the file cannot be created at all; otherwise writing it failed.
  public var isCreation: Bool { step == .examine || step == .create }

  /// File, failure and remedy in one line.
  public var description: String { "\(path): \(problem); \(remedy)" }

  private var problem: String {
    switch step {
    case .examine where errno == .isDirectory: "this is a folder"
    case .examine where errno == .notSupported: "this is not a regular file"
    case .examine, .create: "cannot be created (\(errno))"
    case .write, .synchronize: "writing failed (\(errno))"
    case .rename: "cannot be put in its place (\(errno))"
    case .synchronizeFolder: "is written, but may not survive a power failure (\(errno))"
    }
  }

  private var remedy: String {
    switch errno {
    case .noSpace, .diskQuotaExceeded, .fileTooLarge: "make room for it and run again"
    case .isDirectory where step == .examine: "give the name of a file"
    case .notSupported where step == .examine: "choose another name"
    default: isCreation ? "choose a place you can write to" : "choose another place for it and run again"
    }
  }
}
