import Glibc
import SystemPackage

/// The names of the entries of a folder, hidden ones included, in no order; none, if it cannot be read.
public func entryNames(ofFolder path: String) -> [String] {
  guard let folder = unsafe FilePath(name: path).withPlatformString({ unsafe opendir($0) }) else { return [] }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  while let entry = unsafe readdir(folder) {
    names.append(
      unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(fileNameAt: $0) }
      })
  }
  return names
}
