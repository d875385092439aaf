import Glibc
import SystemPackage

/// The place that a name leads to. Symbolic links are followed, also to where no file is yet.
struct FileTarget {
  /// The file, behind all links.
  let path: FilePath

  /// The file that is there; `nil` if none is.
  let status: Stat?

  /// Follows a name to a regular file, or to where one can be.
  init(_ name: String) throws(Errno) {
    guard !name.isEmpty else { throw .noSuchFileOrDirectory }
    guard !name.hasSuffix("/") else { throw .isDirectory }
    var path = FilePath(name)
    // As many links as Linux follows in a path.
    for _ in 0...40 {
      guard path.lastComponent?.kind == .regular else { throw .isDirectory }
      guard let status = try FileTarget.status(of: path) else {
        self.path = path
        self.status = nil
        return
      }
      guard status.type == .symbolicLink else {
        guard status.type != .directory else { throw .isDirectory }
        guard status.type == .regular else { throw .notSupported }
        self.path = path
        self.status = status
        return
      }
      path = path.removingLastComponent().pushing(try FileTarget.destination(of: path))
    }
    throw .tooManySymbolicLinkLevels
  }

  /// The folder that holds the file.
  var folder: FilePath {
    let folder = path.removingLastComponent()
    return folder.isEmpty ? "." : folder
  }

  /// A hidden name in the same folder: the file's own with something behind it, shortened where it would be too long.
  func hiddenSibling(_ suffix: String) -> FilePath {
    var name = path.lastComponent?.string ?? ""
    while 1 + name.utf8.count + suffix.utf8.count > Int(NAME_MAX) { name.removeLast() }
    return folder.appending(".\(name)\(suffix)")
  }

  /// What is at a path, links not followed; `nil` if nothing is.
  static func status(of path: FilePath) throws(Errno) -> Stat? {
    do {
      return try Stat(path, followTargetSymlink: false)
    } catch {
      guard error == .noSuchFileOrDirectory else { throw error }
      return nil
    }
  }

  private static func destination(of link: FilePath) throws(Errno) -> FilePath {
    // One more than a path can have, and so ended by a zero.
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = unsafe link.withPlatformString { link in
      unsafe buffer.withUnsafeMutableBufferPointer { buffer in
        unsafe buffer.baseAddress.map { unsafe readlink(link, $0, buffer.count - 1) } ?? -1
      }
    }
    guard count >= 0 else { throw Errno(rawValue: errno) }
    return unsafe buffer.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe FilePath(platformString: $0) } ?? ""
    }
  }
}
