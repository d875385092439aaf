import Foundation

/// Makes a folder, passes its path to `body`, and removes it afterwards.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = try makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// Makes a folder, passes its path to `body`, and removes it afterwards.
public func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let folder = try makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try await body(folder)
}

/// Makes a file of these bytes, passes its path to `body`, and removes it afterwards.
public func withTemporaryFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  try withTemporaryFolder { folder in
    try makeFile(folder + "/file", bytes)
    return try body(folder + "/file")
  }
}

/// The names in a folder, sorted, including hidden ones.
public func names(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// The bytes of the file at `path`.
public func contents(_ path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(filePath: path)))
}

/// Makes a file of these bytes and permissions, whatever the umask.
public func makeFile(_ path: String, _ bytes: [UInt8], permissions: Int = 0o644) throws {
  try Data(bytes).write(to: URL(filePath: path))
  try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
}

/// Makes a folder that every user may read, whatever the umask.
private func makeTemporaryFolder() throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: "nettrain-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
  return folder
}

/// A folder that every user can reach while `body` runs, also where the temporary folder of this user is private. It
/// contains the program and, in `data`, the bundled digits.
public func withPublicFolder(_ body: (String) async throws -> Void) async throws {
  let folder = "/tmp/nettrain-\(UUID().uuidString)"
  let files = FileManager.default
  try files.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
  defer { try? files.removeItem(atPath: folder) }
  try files.copyItem(atPath: program, toPath: folder + "/nettrain")
  for name in try files.contentsOfDirectory(atPath: root + "/data") {
    try files.copyItem(atPath: "\(root)/data/\(name)", toPath: "\(folder)/data/\(name)")
    try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(folder)/data/\(name)")
  }
  for path in [folder, folder + "/data", folder + "/nettrain"] {
    try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }
  try await body(folder)
}
