import Datasets
import Experiments
import Files
import FoundationEssentials
import SystemPackage
import Training

/// A folder in which each run that has ended has its log, under a name made from its choices and data. A log is in its place
/// only when it is complete.
struct LogFolder: Sendable {
  let path: String

  /// Makes the folder, if it is not there.
  func create() throws {
    do {
      try createFolder(path)
    } catch {
      throw Failure(.cannotCreateOutput, "--out \(error)")
    }
  }

  /// A run that has ended; `nil` if there is none yet.
  func run(of configuration: TrainingConfiguration, on sha256: [String: String]) -> LoggedRun? {
    guard let run = try? LoggedRun(readingFrom: name(of: configuration, on: sha256)),
      run.configuration == configuration, run.sha256 == sha256
    else { return nil }
    return run
  }

  /// Writes the log of a run that has ended.
  func write(_ run: Run, _ summary: RunSummary, _ history: [EpochRecord]) throws {
    let records =
      [Record.start(run)]
      + history.map { Record.epoch($0, withSaturation: run.configuration.saturation) } + [Record.end(summary)]
    let text = records.map { $0.json + "\n" }.joined()
    do {
      try replaceFile(at: name(of: run.configuration, on: run.data.sha256 ?? [:]), with: Array(text.utf8))
    } catch {
      // The run is done: whatever fails now is not found before training.
      throw Failure(.writeFailed, "\(error)")
    }
  }

  /// The name of the log of a run.
  func name(of configuration: TrainingConfiguration, on sha256: [String: String]) -> String {
    FilePath(name: path).appending(configuration.key(on: sha256) + ".jsonl").name
  }
}

extension TrainingConfiguration {
  /// A name for the log of a run with these choices on some data, equal for equal ones.
  fileprivate func key(on sha256: [String: String]) -> String {
    let text =
      fields.map { "\($0.name)=\($0.value)" } + sha256.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let digest = SHA256Digest.hexadecimal(of: Array(text.joined(separator: "\n").utf8))
    return "\(output)-\(cost.rawValue)-seed\(seed)-\(digest.prefix(12))"
  }
}
