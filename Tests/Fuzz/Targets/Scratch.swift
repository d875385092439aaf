import SystemPackage

/// A folder for inputs that the program reads as files.
package final class Scratch: Sendable {
  /// The folder.
  package let folder: String

  /// A folder that is there already.
  package init(folder: String) { self.folder = folder }

  /// Writes a file, which replaces a former one of the name, and returns its path.
  func write(_ bytes: some Sequence<UInt8>, as name: String) throws -> String {
    let path = "\(folder)/\(name)"
    let file = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try file.closeAfter { _ = try file.writeAll(bytes) }
    return path
  }
}
