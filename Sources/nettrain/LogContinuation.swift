import FoundationEssentials
import Safetensors
import Training

/// The log of a run that goes on, cut back to the epochs that its checkpoint knows: so none stands in it twice.
struct LogContinuation {
  private let text: String

  /// A log with the epochs that are done.
  init(_ makeReport: (LineWriter) -> any RunReport, _ run: RunDescription, _ history: [EpochRecord]) throws {
    let writer = LineWriter()
    let report = makeReport(writer)
    try report.start(run)
    for record in history { try report.epoch(record, isBest: false) }
    text = writer.text
  }

  /// Puts it in the place of the log that was written before the run was cut off, if there is one.
  /// - Throws: A failure, if the file is something else or cannot be replaced.
  func replace(_ path: String) throws {
    if let old = try? Data(contentsOf: URL(filePath: path)), !isContinuation(of: String(decoding: old, as: UTF8.self)) {
      throw Failure(
        .cannotCreateOutput, "--log \(path): this is not the log of the run that goes on; choose another name")
    }
    do {
      try replaceFile(at: path, with: Array(text.utf8))
    } catch {
      throw Failure(error.isCreation ? .cannotCreateOutput : .writeFailed, "\(error)")
    }
  }

  /// Whether each whole line of a log stands in this one as well, as far as both go. The first may tell of fewer epochs that
  /// were asked for, and of another way to the data.
  private func isContinuation(of old: String) -> Bool {
    let lines = zip(
      old.split(separator: "\n", omittingEmptySubsequences: false).dropLast(), text.split(separator: "\n"))
    let mayDiffer = /"epochs":\d+,|"directory":"(?:[^"\\]|\\.)*",/
    return lines.enumerated().allSatisfy { index, pair in
      index == 0 ? pair.0.replacing(mayDiffer, with: "") == pair.1.replacing(mayDiffer, with: "") : pair.0 == pair.1
    }
  }
}
