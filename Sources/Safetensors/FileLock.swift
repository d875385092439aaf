import Glibc
import SystemPackage

/// The right of one process to write a file, for as long as the value lives.
///
/// It is a lock on the file `.NAME.lock` beside it, and only the lock counts: what a killed process leaves behind holds
/// nobody up.
public struct FileLock: ~Copyable {
  private let path: FilePath
  private let file: FileDescriptor

  /// Takes the right to write the file at `path`, which need not be there; does not wait for another that has it.
  public init(for path: String) throws(FileLockFailure) {
    let lock: (path: FilePath, file: FileDescriptor)?
    do {
      lock = try FileLock.acquire(FileTarget(path).hiddenSibling(".lock"))
    } catch {
      throw .cannotBeCreated(path: path, errno: error as? Errno ?? .ioError)
    }
    guard let lock else { throw .heldByAnother(path: path) }
    (self.path, file) = lock
  }

  deinit {
    // While the lock is still held: afterwards the name could be that of another's lock.
    remove(path)
    try? file.close()
  }

  /// Locks the file at `path`, which is made if it is not there; `nil` if another has locked it.
  private static func acquire(_ path: FilePath) throws -> (path: FilePath, file: FileDescriptor)? {
    while true {
      let file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec, .noFollow], permissions: FilePermissions(rawValue: 0o666))
      do {
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else { throw Errno(rawValue: errno) }
        // Another may have removed the file between the two calls, and a third have made its own.
        let status = try file.stat()
        if let named = try FileTarget.status(of: path), named.inode == status.inode, named.deviceID == status.deviceID {
          return (path, file)
        }
        try? file.close()
      } catch {
        try? file.close()
        if error as? Errno == .wouldBlock { return nil }
        guard error as? Errno == .interrupted else { throw error }
      }
    }
  }
}

/// Why a file could not be locked.
public enum FileLockFailure: Error, Equatable, CustomStringConvertible {
  /// Another process has locked the file.
  case heldByAnother(path: String)
  /// The lock file cannot be made.
  case cannotBeCreated(path: String, errno: Errno)

  /// File, failure and remedy in one line.
  public var description: String {
    switch self {
    case .heldByAnother(let path):
      "\(path): another process is writing this file; wait for its end, or choose another name"
    case .cannotBeCreated(let path, let errno):
      "\(path): cannot be locked against other processes (\(errno)); choose a place you can write to"
    }
  }
}
