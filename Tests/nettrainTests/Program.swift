import Foundation
import Subprocess
import SystemPackage
import Testing

/// The folder of the package.
let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

/// How a program ended and what it wrote.
struct Outcome {
  /// The exit status, or 128 plus the number of the signal that ended it, as a shell says.
  var status: Int
  var output: String
  var error: String

  /// The lines of standard output.
  var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// The objects of JSON Lines on standard output.
  func events() throws -> [[String: Any]] { try jsonLines(output) }
}

/// The objects of JSON Lines.
func jsonLines(_ text: String) throws -> [[String: Any]] {
  try text.split(separator: "\n").map { line in
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }
}

/// Runs a program and waits for its end.
func run(
  _ program: String, _ arguments: [String], environment: [Environment.Key: String?] = [:], in folder: String? = nil
) async throws -> Outcome {
  let result = try await Subprocess.run(
    program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
    environment: .inherit.updating(environment), workingDirectory: folder.map { FilePath($0) },
    output: .string(limit: 1 << 24), error: .string(limit: 1 << 24))
  let status =
    switch result.terminationStatus {
    case .exited(let code): Int(code)
    case .signaled(let signal): 128 + Int(signal)
    }
  return Outcome(status: status, output: result.standardOutput, error: result.standardError)
}

/// The program as its users run it: the release build.
let program = root + "/.build/release/nettrain"

/// Runs nettrain.
func nettrain(
  _ arguments: String..., environment: [Environment.Key: String?] = [:], in folder: String? = nil
) async throws -> Outcome {
  try #require(
    FileManager.default.isExecutableFile(atPath: program), "there is no release build; scripts/test makes it")
  return try await run(program, arguments, environment: environment, in: folder)
}

/// Runs a command line of the shell, in which `$nettrain` is the program.
func shell(_ command: String, in folder: String? = nil) async throws -> Outcome {
  try await run("bash", ["-c", command], environment: ["nettrain": program], in: folder)
}

/// A folder that is there while `body` runs.
func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "nettrain-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder.path)
}

/// The folder of the full MNIST; `nil` where it is not at hand.
let fullMNIST = ProcessInfo.processInfo.environment["NETTRAIN_MNIST"]
