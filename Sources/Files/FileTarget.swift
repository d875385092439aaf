import Glibc
import SystemPackage

/// The place where a file with a given name is written: symbolic links are followed, even to a file that does not exist.
struct FileTarget {
  /// The path of the file itself.
  let path: FilePath

  /// The status of the file; `nil` if it does not exist.
  let status: Stat?

  /// Follows a name to a regular file, or to a place where one can be created.
  init(_ name: String) throws(FileError) {
    do throws(Errno) {
      (path, status) = try FileTarget.follow(name)
    } catch {
      let code: FileError.Code =
        switch error {
        case .isDirectory: .isFolder
        case .notSupported: .isSpecial
        default: .cannotBeCreated
        }
      throw FileError(code, path: name, errno: error)
    }
  }

  private static func follow(_ name: String) throws(Errno) -> (FilePath, Stat?) {
    guard !name.isEmpty else { throw .noSuchFileOrDirectory }
    guard name.utf8.last != UInt8(ascii: "/") else { throw .isDirectory }
    var path = FilePath(name: name)
    // Linux follows 40 links in a path.
    for _ in 0...40 {
      guard path.lastComponent?.kind == .regular else { throw .isDirectory }
      let status = try Stat.ofEntry(at: path)
      switch status?.type {
      case nil, .regular: return (path, status)
      case .symbolicLink: path = path.removingLastComponent().pushing(try destination(of: path))
      case .directory: throw .isDirectory
      default: throw .notSupported
      }
    }
    throw .tooManySymbolicLinkLevels
  }

  /// The path that a symbolic link contains.
  private static func destination(of link: FilePath) throws(Errno) -> FilePath {
    let capacity = Int(PATH_MAX)
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: capacity + 1)
    defer { unsafe buffer.deallocate() }
    let count = unsafe link.withPlatformString { unsafe readlink($0, buffer, capacity) }
    guard count >= 0 else { throw Errno(rawValue: errno) }
    unsafe buffer[count] = 0
    return unsafe FilePath(platformString: buffer)
  }

  /// The folder that holds the file.
  var folder: FilePath {
    let folder = path.removingLastComponent()
    return folder.isEmpty ? "." : folder
  }

  /// The file's name in its folder.
  var name: String { path.lastName }

  /// The start of the names of hidden files that belong to this one. A suffix of up to 12 bytes completes it.
  ///
  /// A name that leaves no room for the suffix is shortened. The hash of the whole name (64-bit FNV-1a) then tells it
  /// from others with the same start.
  var hiddenName: String {
    var start = name
    let room = Int(NAME_MAX) - 1 - 12
    let bytes = name.fileNameBytes
    guard bytes.count > room else { return "." + start }
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let end = "~" + String(hash, radix: 16)
    while start.fileNameBytes.count + end.utf8.count > room { start.unicodeScalars.removeLast() }
    return "." + start + end
  }
}
