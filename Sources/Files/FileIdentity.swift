import SystemPackage

/// Tells whether two names stand for the same file.
///
/// Existing files are compared by device and inode, so links make no difference. A file that does not exist yet is
/// known by its folder and its name there.
public func isSameFile(_ path: String, _ other: String) -> Bool {
  if let status = try? Stat(FilePath(name: path)), let other = try? Stat(FilePath(name: other)) {
    return status.isSameFile(as: other)
  }
  guard let target = try? FileTarget(path), let other = try? FileTarget(other) else { return false }
  guard target.name.utf8.elementsEqual(other.name.utf8) else { return false }
  guard let folder = try? Stat(target.folder), let other = try? Stat(other.folder) else { return false }
  return folder.isSameFile(as: other)
}

/// Tells whether a file is, or would be made, in a folder.
public func isInFolder(_ path: String, _ folder: String) -> Bool {
  guard let target = try? FileTarget(path), let own = try? Stat(target.folder),
    let other = try? Stat(FilePath(name: folder))
  else { return false }
  return own.isSameFile(as: other)
}

/// The standard stream that comes from the regular file at a path, or goes there; `nil` if there is none.
public func standardStream(at path: String) -> String? {
  guard let status = try? Stat(FilePath(name: path)), status.type == .regular else { return nil }
  let streams: [(FileDescriptor, String)] = [
    (.standardInput, "standard input"), (.standardOutput, "standard output"), (.standardError, "standard error"),
  ]
  return streams.first { (try? $0.0.stat())?.isSameFile(as: status) ?? false }?.1
}

extension Stat {
  /// Both are the status of one file.
  func isSameFile(as other: Stat) -> Bool { deviceID == other.deviceID && inode == other.inode }

  /// The status of the entry at a path, without following a link; `nil` if there is none.
  static func ofEntry(at path: FilePath) throws(Errno) -> Stat? {
    do {
      return try Stat(path, followTargetSymlink: false)
    } catch {
      guard error == .noSuchFileOrDirectory else { throw error }
      return nil
    }
  }
}
