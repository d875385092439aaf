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
      lock = try FileLock(for: ComparisonFolder(path: path).planFile)
    } catch {
      guard error.code == .lockedByAnother else { throw error }
      throw Failure(.fileInUse, "--out \(path.shown): another comparison is writing this folder; wait for its end")
    }
    for folder in [path, tuningFolder(in: path)] {
      removeLeftovers(inFolder: folder, ofFilesEndingIn: [".jsonl", "plan.json"])
    }
    return try withExtendedLifetime(lock) { try body() }
  }

  private static func tuningFolder(in path: String) -> String { FilePath(name: path).appending("tuning").name }

  /// The file of the plan.
  var planFile: String { FilePath(name: path).appending("plan.json").name }

  /// The logs of the runs that choose learning rates, in a folder that is made if it is not there.
  /// - Throws: A failure, if the folder is that of a comparison without such runs, or cannot be made.
  func tuningLogs() throws -> LogFolder {
    let logs = LogFolder(path: Self.tuningFolder(in: path))
    if try former() != nil, (try? Stat(FilePath(name: logs.path))) == nil { throw isOther }
    try logs.create()
    return logs
  }

  /// The plan in the folder; `nil` if there is none.
  /// - Throws: A failure, if it cannot be read or is damaged.
  func plan() throws -> Plan? {
    switch try former() {
    case nil: return nil
    case .contents(let contents): return contents.plan
    case .foreign: throw Failure(.malformedData, "\(planFile.shown): this is not a plan that nettrain wrote")
    }
  }

  /// A plan of 10,000 variants has 11 MB.
  private static let greatestByteCount = 1 << 26

  /// The file of the plan as it stands in the folder.
  private enum Former {
    case contents(Contents)
    case foreign
  }

  private func former() throws -> Former? {
    do {
      let file = try ReadableFile(planFile)
      guard file.byteCount <= Self.greatestByteCount else { return .foreign }
      let text = try file.read(file.byteCount)
      return (try? JSONText.decode(Contents.self, from: text)).map { .contents($0) } ?? .foreign
    } catch {
      if error.code == .noSuchFile { return nil }
      throw Failure(.missingInput, "\(error)")
    }
  }

  private var isOther: Failure {
    Failure(
      .otherRun,
      "--out \(path.shown): this folder is that of another comparison, and only --seeds may grow; choose another folder"
    )
  }

  /// Writes the plan into the folder.
  /// - Throws: A failure, if the folder is that of another plan or cannot be written.
  func begin(_ plan: Plan, on sha256: [String: String]) throws {
    let contents = Contents(plan: plan, sha256: sha256)
    if let former = try former() {
      guard case .contents(let former) = former, former.sha256 == sha256,
        former.plan.variants == plan.variants, Set(former.plan.seeds).isSubset(of: plan.seeds)
      else {
        throw isOther
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try replaceFile(at: planFile, with: Array(try encoder.encode(contents)))
  }
}
