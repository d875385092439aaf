private import CLinux
import Glibc
import SystemPackage

/// A new file `.NAME.xxxxxx.part` beside the file that it is to replace, open for writing, and locked as long as it is
/// open. A file system without locks gives none; then the file is used without.
struct TemporaryFile {
  let target: FileTarget
  let path: FilePath
  let file: FileDescriptor

  /// Creates an empty file with the permissions that the file at `path` is to have.
  init(for path: String) throws(FileError) {
    let target = try FileTarget(path)
    self.target = target
    (self.path, file) = try attempt(.cannotBeCreated, path) {
      guard let old = target.status else { return try TemporaryFile.create(for: target, permissions: 0o666) }
      try check(unsafe target.path.withPlatformString { unsafe faccessat(AT_FDCWD, $0, W_OK, AT_EACCESS) })
      try target.checkMovable()
      // Nobody may open the file before it has the permissions of the old one.
      let (temporary, file) = try TemporaryFile.create(for: target, permissions: 0o600)
      do {
        try check(fchmod(file.rawValue, old.permissions.rawValue & 0o777))
      } catch {
        remove(temporary)
        try? file.close()
        throw error
      }
      return (temporary, file)
    }
  }

  private static func create(
    for target: FileTarget, permissions: CInterop.Mode
  ) throws -> (path: FilePath, file: FileDescriptor) {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    for _ in 0..<100 {
      let unique = String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
      let path = target.folder.appending(name: "\(target.hiddenName).\(unique).part")
      do {
        let file = try FileDescriptor.open(
          path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
          permissions: FilePermissions(rawValue: permissions))
        switch try? file.lock(at: path) {
        case .taken, nil: return (path, file)
        // Another process took it for a leftover before it was locked here, and removes it.
        case .heldByAnother, .unlinked: try? file.close()
        }
      } catch Errno.fileExists {}
    }
    throw Errno.fileExists
  }
}

extension FileTarget {
  /// Checks that another file can take the place of this one: nothing is mounted on it, and in a folder with the sticky bit
  /// it is the user's own, or the folder is.
  fileprivate func checkMovable() throws(Errno) {
    guard unsafe !path.withPlatformString({ unsafe nettrain_is_mount_point($0) }) else { throw .resourceBusy }
    guard let status, let folder = try? Stat(folder), folder.permissions.contains(.saveText) else { return }
    let user = geteuid()
    guard [0, status.userID.rawValue, folder.userID.rawValue].contains(user) else { throw .notPermitted }
  }
}

/// Removes the temporary files that killed processes have left of the file at `path`.
///
/// Any process may call this at any time: a temporary file is locked while the process that writes it lives, and only
/// files that nobody has locked are removed. Where the file system has no locks, nothing is removed.
public func removeLeftovers(of path: String) {
  guard let target = try? FileTarget(path) else { return }
  let start = target.hiddenName + "."
  for name in (try? entryNames(ofFolder: target.folder.name)) ?? [] {
    if name.utf8.starts(with: start.utf8) && name.hasSuffix(".part") && name.utf8.count == start.utf8.count + 11 {
      removeUnlessLocked(target.folder.appending(name: name))
    }
  }
}

/// Removes the temporary files that killed processes have left in a folder, of the files whose names end so.
public func removeLeftovers(inFolder path: String, ofFilesEndingIn ends: [String]) {
  let folder = FilePath(name: path)
  for name in (try? entryNames(ofFolder: path)) ?? [] {
    guard let match = name.wholeMatch(of: /\.(.+)\.[A-Za-z0-9]{6}\.part/), ends.contains(where: match.1.hasSuffix)
    else { continue }
    removeUnlessLocked(folder.appending(name: name))
  }
}

private func removeUnlessLocked(_ path: FilePath) {
  // Opened for writing because NFS locks no other files.
  guard let file = try? FileDescriptor.open(path, .writeOnly, options: [.closeOnExec, .noFollow, .nonBlocking])
  else { return }
  defer { try? file.close() }
  if (try? file.stat())?.type == .regular, (try? file.lock(at: path)) == .taken { remove(path) }
}
