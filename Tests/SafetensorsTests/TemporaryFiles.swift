import Foundation

/// A folder that is there while `body` runs.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "nettrain-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// The names in a folder, hidden ones too.
func names(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// The bytes of the file at `path`.
func contents(_ path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(filePath: path)))
}

/// Makes a file of given bytes and permissions.
func makeFile(_ path: String, _ bytes: [UInt8], permissions: Int = 0o644) throws {
  try Data(bytes).write(to: URL(filePath: path))
  try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
}
