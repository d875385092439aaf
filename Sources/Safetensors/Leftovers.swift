import Glibc
import SystemPackage

/// Removes temporary files that killed processes have left of a file. Only who holds its ``FileLock`` may do so: the
/// temporary file of a process that lives would be removed as well.
public func removeLeftovers(of path: String) {
  guard let target = try? FileTarget(path), let name = target.path.lastComponent?.string,
    let folder = unsafe target.folder.withPlatformString({ unsafe opendir($0) })
  else { return }
  defer { unsafe closedir(folder) }
  while let entry = unsafe readdir(folder) {
    let other = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
      unsafe $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(cString: $0) }
    }
    // A dot, the name, a dot, six letters and the end that all of them have.
    if other.hasPrefix(".\(name).") && other.hasSuffix(".part") && other.utf8.count == name.utf8.count + 13 {
      remove(target.folder.appending(other))
    }
  }
}
