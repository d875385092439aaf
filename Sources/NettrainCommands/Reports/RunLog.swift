import Files
import SystemPackage
import Training

/// The file that a run is logged to: JSON Lines, or CSV if its name ends in `.csv`.
struct RunLog {
  private let path: String
  private let format: RecordFormat
  /// Whether a file that is not the log of the run is replaced.
  private let replacesOther: Bool

  /// Checks that the log replaces none of the files to be spared.
  init(_ path: String, sparing others: [String], replacing replacesOther: Bool) throws {
    try LineWriter.check(path, sparing: others)
    self.path = path
    self.replacesOther = replacesOther
    format = path.lowercased().hasSuffix(".csv") ? .csv : .json
  }

  /// Begins the log: a new file, or the continuation of the old one for a run that is resumed.
  /// - Parameters:
  ///   - run: The run.
  ///   - history: The finished epochs of a run that is resumed.
  /// - Returns: The report that writes the log.
  /// - Throws: A failure, if the file cannot be created or is not a log of the run.
  func begin(_ run: Run, history: [EpochRecord]?) throws -> any RunReport {
    let writer = try LineWriter(appendingTo: path)
    let kept = try history.map { try keep(run, $0) }
    try writer.truncate(to: kept?.byteCount ?? 0)
    let report = RecordReport(writer: writer, format: format, hasSaturation: run.configuration.saturation)
    if kept?.hasStart != true { try report.start(run) }
    for record in (history ?? []).dropFirst(kept?.epochs ?? 0) { try report.epoch(record, isBest: false) }
    return report
  }

  /// The part of the old log with the finished epochs.
  private func keep(_ run: Run, _ history: [EpochRecord]) throws -> LogContinuation {
    // A pipe or a device has no past.
    guard let old = try? Stat(FilePath(name: path)), old.type == .regular else { return LogContinuation() }
    do {
      if let kept = try LogContinuation(of: ReadableFile(path), format, run, history) { return kept }
    } catch {
      throw Failure(.cannotCreateOutput, "--log \(error)")
    }
    guard replacesOther else {
      throw Failure(
        .cannotCreateOutput,
        "--log \(path.shown): this is not the log of the run that is resumed; choose another name, or replace it with --force"
      )
    }
    return LogContinuation()
  }
}
