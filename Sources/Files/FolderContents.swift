import Glibc
import SystemPackage

/// Makes a folder and those above it, where they are not there.
public func createFolder(_ path: String) throws(FileError) {
  func create(_ folder: FilePath) throws {
    if let status = try? Stat(folder) {
      guard status.type == .directory else { throw Errno.notDirectory }
      return
    }
    let above = folder.removingLastComponent()
    if !above.isEmpty && above != folder { try create(above) }
    do throws(Errno) {
      try check(unsafe folder.withPlatformString { unsafe mkdir($0, 0o777) })
    } catch {
      // Another process may have made it meanwhile.
      guard error == .fileExists, (try? Stat(folder))?.type == .directory else { throw error }
    }
  }
  try attempt(.cannotBeCreated, path) { try create(FilePath(name: path)) }
}

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
