import Datasets
import Experiments
import Files
import FoundationEssentials
import SystemPackage
import Training

/// A folder with the logs of a comparison's runs, from which it can be continued.
///
/// `plan.json` says which runs there are to be. The logs are those of the runs, and below `tuning` those of runs that only
/// chose a learning rate.
struct ComparisonFolder: Sendable {
  /// The path of the folder.
  let path: String

  /// The logs of the runs.
  var logs: LogFolder { LogFolder(path: path) }

  private struct Contents: Codable, Equatable {
    var plan: Plan
    var sha256: [String: String]
  }

  /// Runs `body` while no other comparison can write the folder, which is made if it is not there.
  static func withLock<Result>(on path: String, _ body: () throws -> Result) throws -> Result {
    try LogFolder(path: path).create()
    let lock: FileLock
    do {
      lock = try FileLock(for: planFile(in: path))
    } catch {
      guard error.code == .lockedByAnother else { throw error }
      throw Failure(.fileInUse, "--out \(path.shown): another comparison is writing this folder; wait for its end")
    }
    for folder in [path, tuningFolder(in: path)] { removeLeftovers(inFolder: folder) }
    return try withExtendedLifetime(lock) { try body() }
  }

  private static func tuningFolder(in path: String) -> String { FilePath(name: path).appending("tuning").name }

  private static func planFile(in path: String) -> String { FilePath(name: path).appending("plan.json").name }

  /// The logs of the runs that choose learning rates, in a folder that is made if it is not there.
  func tuningLogs() throws -> LogFolder {
    let logs = LogFolder(path: Self.tuningFolder(in: path))
    try logs.create()
    return logs
  }

  /// The plan in the folder; `nil` if there is none that can be read.
  var plan: Plan? {
    planText.flatMap(Self.contents)?.plan
  }

  private static func contents(_ text: [UInt8]) -> Contents? { try? JSONText.decode(Contents.self, from: text) }

  /// A plan of 10,000 seeds and as many variants has 10 MB.
  private static let greatestByteCount = 1 << 26

  private var planText: [UInt8]? {
    guard let file = try? ReadableFile(Self.planFile(in: path)), file.byteCount <= Self.greatestByteCount else {
      return nil
    }
    return try? file.read(file.byteCount)
  }

  /// Writes the plan into the folder.
  /// - Throws: A failure, if the folder is that of another plan or cannot be written.
  func begin(_ plan: Plan, on sha256: [String: String]) throws {
    let contents = Contents(plan: plan, sha256: sha256)
    if let text = planText {
      guard let former = Self.contents(text), former.sha256 == sha256,
        former.plan.variants == plan.variants, Set(former.plan.seeds).isSubset(of: plan.seeds)
      else {
        throw Failure(
          .otherRun,
          "--out \(path.shown): this folder is that of another comparison, and only --seeds may grow; choose another folder"
        )
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try replaceFile(at: Self.planFile(in: path), with: Array(try encoder.encode(contents)))
  }
}
