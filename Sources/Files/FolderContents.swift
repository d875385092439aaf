import Glibc
import SystemPackage

/// The names of the entries of a folder, hidden ones included, in no order.
public func entryNames(ofFolder path: String) throws(FileError) -> [String] {
  guard let folder = unsafe FilePath(name: path).withPlatformString({ unsafe opendir($0) }) else {
    throw FileError(.unreadable, path: path, errno: Errno(rawValue: errno))
  }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  while true {
    errno = 0
    guard let entry = unsafe readdir(folder) else { break }
    names.append(
      unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(fileNameAt: $0) }
      })
  }
  guard errno == 0 else { throw FileError(.unreadable, path: path, errno: Errno(rawValue: errno)) }
  return names
}
