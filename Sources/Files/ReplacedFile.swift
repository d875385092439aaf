import Glibc
import SystemPackage

/// Replaces a file as a whole: at any time there is either all of the old contents or all of the new under its name,
/// even after a power failure.
///
/// The bytes are written to a temporary file in the same folder and flushed to the disk; then the temporary file is
/// renamed. If the name is a symbolic link, the file that it leads to is replaced. The new file has the permissions of
/// the old one, or those that the umask allows for a new file; its owner is the user of this process. A file without
/// permission to write is not replaced. If any step fails, the temporary file is removed.
///
/// Exceeding the limit on the size of files ends the process by SIGXFSZ, unless the caller ignores that signal: then it
/// is an error like others.
public func replaceFile(at path: String, with bytes: [UInt8]) throws(FileError) {
  let temporary = try TemporaryFile(for: path)
  // Closing releases the lock, and so comes after the renaming. After a flush it has no failure left to report.
  defer { try? temporary.file.close() }
  do throws(FileError) {
    try attempt(.writeFailed, path) {
      _ = try temporary.file.writeAll(bytes)
      try synchronize(temporary.file)
    }
    try attempt(.cannotBeRenamed, path) { try rename(temporary.path, to: temporary.target.path) }
  } catch {
    remove(temporary.path)
    throw error
  }
  try attempt(.notDurable, path) { try synchronizeFolder(temporary.target.folder) }
}

/// Checks that ``replaceFile(at:with:)`` can create its temporary file, by creating and removing one.
public func checkReplaceable(_ path: String) throws(FileError) {
  let temporary = try TemporaryFile(for: path)
  remove(temporary.path)
  try? temporary.file.close()
}

/// Flushes a file to the disk.
private func synchronize(_ file: FileDescriptor) throws(Errno) {
  while fsync(file.rawValue) != 0 {
    guard errno == EINTR else { throw Errno(rawValue: errno) }
  }
}

/// Flushes the names in a folder to the disk, if the file system supports it and the folder may be opened.
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

/// Throws the reason of a system call that failed, as its result -1 says.
func check(_ result: CInt) throws(Errno) {
  guard result != -1 else { throw Errno(rawValue: errno) }
}
