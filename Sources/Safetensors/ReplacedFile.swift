import Glibc
import SystemPackage

/// Writes a file so that under its name there is at any time either all of the old contents or all of the new, also
/// after a power failure.
///
/// The bytes go to a temporary file in the same folder, to the disk, and then in the place of what was there. Of a
/// symbolic link, the file that it leads to is replaced. The permissions are those of the file replaced, or else what
/// the umask leaves of reading and writing for all; the owner is who writes. A file that may not be written to is not
/// replaced. Whatever fails, the temporary file is removed.
///
/// A limit on the size of files ends the process by SIGXFSZ, unless the caller ignores that signal: then it is a
/// failure like others.
public func replaceFile(at path: String, with bytes: [UInt8]) throws(WriteFailure) {
  let (target, temporary, file) = try createTemporary(for: path)
  do throws(WriteFailure) {
    do throws(WriteFailure) {
      _ = try attempt(.write, path) { try file.writeAll(bytes) }
      try attempt(.synchronize, path) { try synchronize(file) }
    } catch {
      try? file.close()
      throw error
    }
    try attempt(.synchronize, path) { try file.close() }
    try attempt(.rename, path) { try rename(temporary, to: target.path) }
  } catch {
    remove(temporary)
    throw error
  }
  try attempt(.synchronizeFolder, path) { try synchronizeFolder(target.folder) }
}

/// Finds out whether ``replaceFile(at:with:)`` can create its file, by creating and removing a temporary one.
public func checkReplaceable(_ path: String) throws(WriteFailure) {
  let (_, temporary, file) = try createTemporary(for: path)
  try? file.close()
  remove(temporary)
}

/// Creates an empty file of a name of its own, with the permissions that the file at `path` is to have.
private func createTemporary(
  for path: String
) throws(WriteFailure) -> (target: FileTarget, temporary: FilePath, file: FileDescriptor) {
  let target = try attempt(.examine, path) { try FileTarget(path) }
  if target.status != nil {
    try attempt(.examine, path) {
      try check(unsafe target.path.withPlatformString { unsafe faccessat(AT_FDCWD, $0, W_OK, AT_EACCESS) })
    }
  }
  return try attempt(.create, path) {
    let (temporary, file) = try createSibling(of: target)
    if let old = target.status {
      do {
        try check(fchmod(file.rawValue, old.permissions.rawValue & 0o777))
      } catch {
        try? file.close()
        remove(temporary)
        throw error
      }
    }
    return (target, temporary, file)
  }
}

private func createSibling(of target: FileTarget) throws -> (FilePath, FileDescriptor) {
  let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
  // What a file is to be kept from must never see its contents, and so its permissions come before them.
  let permissions = FilePermissions(rawValue: target.status == nil ? 0o666 : 0o600)
  for _ in 0..<100 {
    let unique = String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
    let temporary = target.hiddenSibling(".\(unique).part")
    do {
      let file = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: permissions)
      return (temporary, file)
    } catch Errno.fileExists {
      continue
    }
  }
  throw Errno.fileExists
}

/// Waits until the disk has a file.
private func synchronize(_ file: FileDescriptor) throws(Errno) {
  while true {
    do {
      return try check(fsync(file.rawValue))
    } catch {
      guard error == .interrupted else { throw error }
    }
  }
}

/// Waits until the disk has a folder's names, where the file system and its permissions let one ask for it.
private func synchronizeFolder(_ path: FilePath) throws {
  guard let folder = try? FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec]) else { return }
  defer { try? folder.close() }
  do {
    try synchronize(folder)
  } catch .invalidArgument, .notSupported {
    return
  }
}

private func rename(_ old: FilePath, to new: FilePath) throws(Errno) {
  try check(
    unsafe old.withPlatformString { old in unsafe new.withPlatformString { new in unsafe Glibc.rename(old, new) } })
}

/// Removes a file, if it is there.
func remove(_ path: FilePath) {
  _ = unsafe path.withPlatformString { unsafe unlink($0) }
}

/// What a system call that returns -1 failed for.
private func check(_ result: CInt) throws(Errno) {
  guard result != -1 else { throw Errno(rawValue: errno) }
}

private func attempt<Result>(
  _ step: WriteFailure.Step, _ path: String, _ body: () throws -> Result
) throws(WriteFailure) -> Result {
  do {
    return try body()
  } catch {
    throw WriteFailure(path: path, step: step, errno: error as? Errno ?? .ioError)
  }
}
