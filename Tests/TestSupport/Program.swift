import Foundation
import Subprocess
import SystemPackage

/// The folder of the package.
public let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

/// The release build of nettrain, which is what users run.
public let program = root + "/.build/release/nettrain"

/// The folder of the full MNIST, from the environment variable `NETTRAIN_MNIST`; `nil` if that is not set.
public let fullMNIST = ProcessInfo.processInfo.environment["NETTRAIN_MNIST"].flatMap { $0.isEmpty ? nil : $0 }

/// The exit status and the output of a program.
public struct Outcome: Sendable {
  /// The exit status, or 128 plus the number of the signal that ended it, as a shell says.
  public var status: Int
  /// Standard output.
  public var output: String
  /// Standard error.
  public var error: String

  /// The lines of standard output.
  public var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// The objects of JSON Lines on standard output.
  public func events() throws -> [[String: Any]] { try jsonLines(output) }
}

/// A failure of the test's own machinery.
struct TestFailure: Error, CustomStringConvertible {
  var description: String
}

/// The objects of JSON Lines.
public func jsonLines(_ text: String) throws -> [[String: Any]] {
  try text.split(separator: "\n").map { line in
    guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
      throw TestFailure(description: "this line is not a JSON object: \(line)")
    }
    return object
  }
}

/// Runs a program and waits for its end. A name without a slash is looked for in `PATH`; an environment variable whose
/// value is `nil` is unset.
public func run(
  _ program: String, _ arguments: [String], environment: [String: String?] = [:], in folder: String? = nil
) async throws -> Outcome {
  let variables = environment.map { (Environment.Key(stringLiteral: $0), $1) }
  let result = try await Subprocess.run(
    program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
    environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)),
    workingDirectory: folder.map { FilePath($0) }, output: .string(limit: 1 << 24), error: .string(limit: 1 << 24))
  let status =
    switch result.terminationStatus {
    case .exited(let code): Int(code)
    case .signaled(let signal): 128 + Int(signal)
    }
  return Outcome(status: status, output: result.standardOutput, error: result.standardError)
}

/// Runs nettrain.
public func nettrain(
  _ arguments: String..., environment: [String: String?] = [:], in folder: String? = nil
) async throws -> Outcome {
  guard FileManager.default.isExecutableFile(atPath: program) else {
    throw TestFailure(description: "there is no release build of nettrain; scripts/test makes it")
  }
  return try await run(program, arguments, environment: environment, in: folder)
}

/// Runs a command line of the shell, in which `$nettrain` is the program.
public func shell(_ command: String, in folder: String? = nil) async throws -> Outcome {
  try await run("bash", ["-c", command], environment: ["nettrain": program], in: folder)
}

/// Whether a command is in `PATH`.
public func isInstalled(_ command: String) -> Bool {
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(command)") }
}

/// Runs a command from `PATH`, drops its output, and returns true if its status is 0.
public func succeeds(_ words: String...) -> Bool {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = words
  (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
  guard (try? process.run()) != nil else { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}
