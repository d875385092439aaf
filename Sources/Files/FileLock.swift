import Glibc
public import SystemPackage

/// A lock that keeps other processes from writing a file, held as long as the value lives.
///
/// It is a `flock` on the file `.NAME.lock` in the same folder. The lock of a process that was killed is free, even
/// though its lock file is still there.
public struct FileLock: ~Copyable {
  private let path: FilePath
  private let file: FileDescriptor

  /// Locks the file at `path`, which need not exist. Does not wait for another process that holds the lock.
  public init(for path: String) throws(FileError) {
    let target = try FileTarget(path)
    let lock = target.folder.appending(name: target.hiddenName + ".lock")
    guard let file = try attempt(.cannotBeLocked, path, { try FileLock.acquire(lock) }) else {
      throw FileError(.lockedByAnother, path: path)
    }
    self.path = lock
    self.file = file
  }

  deinit {
    // Removed before it is unlocked: afterwards another process could have the lock of a file with this name. A file with
    // contents is somebody else's, and so is one that has taken its place.
    if let status = try? file.stat(), status.size == 0,
      let entry = try? Stat.ofEntry(at: path), entry.isSameFile(as: status)
    {
      remove(path)
    }
    try? file.close()
  }

  /// Locks the file at `path`, and creates it if necessary; `nil` if another process has locked it.
  private static func acquire(_ path: FilePath) throws -> FileDescriptor? {
    while true {
      let (file, isNew) = try open(path)
      do {
        switch try file.lock(at: path) {
        case .taken: return file
        case .heldByAnother:
          try? file.close()
          return nil
        // The holder has removed it since it was opened here.
        case .unlinked: try? file.close()
        }
      } catch {
        if isNew { remove(path) }
        try? file.close()
        throw error
      }
    }
  }

  private static func open(_ path: FilePath) throws -> (file: FileDescriptor, isNew: Bool) {
    while true {
      do {
        let options: FileDescriptor.OpenOptions = [.create, .exclusiveCreate, .closeOnExec]
        let permissions = FilePermissions(rawValue: 0o666)
        return (try FileDescriptor.open(path, .readWrite, options: options, permissions: permissions), true)
      } catch Errno.fileExists {}
      do {
        return (try FileDescriptor.open(path, .readWrite, options: [.closeOnExec, .noFollow]), false)
      } catch Errno.noSuchFileOrDirectory {}
    }
  }
}

extension FileDescriptor {
  /// Asks for the file's `flock`, without waiting for it; false if another process holds it. Closing the file releases it,
  /// and so does the end of the process, however it ends.
  public func tryLock() throws(Errno) -> Bool {
    while flock(rawValue, LOCK_EX | LOCK_NB) == -1 {
      if errno == EWOULDBLOCK { return false }
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
    return true
  }

  enum LockResult { case taken, heldByAnother, unlinked }

  /// Asks for the `flock` of the file that was opened at `path`.
  ///
  /// The result is `unlinked` if the lock was taken, but the file no longer has its name: it was removed or renamed.
  func lock(at path: FilePath) throws -> LockResult {
    guard try tryLock() else { return .heldByAnother }
    guard let entry = try Stat.ofEntry(at: path), entry.isSameFile(as: try stat()) else { return .unlinked }
    return .taken
  }
}
