import FoundationEssentials
import Safetensors
import SystemPackage
import Training

/// The log of a run that goes on, cut back to the epochs that its checkpoint knows: so none stands in it twice.
struct LogContinuation {
  /// The lines of the log up to the last epoch that is done.
  let lines: [String]

  private let hasHistory: Bool

  /// A log with the epochs that are done.
  init(_ makeReport: (LineWriter) -> any RunReport, _ run: RunDescription, _ history: [EpochRecord]) throws {
    let writer = LineWriter()
    let report = makeReport(writer)
    try report.start(run)
    for record in history { try report.epoch(record, isBest: false) }
    lines = writer.text.split(separator: "\n").map(String.init)
    hasHistory = !history.isEmpty
  }

  /// Puts it in the place of the log that was written before the run was cut off, if there is one.
  /// - Throws: A failure, if the file is something else or cannot be read or replaced.
  func replace(_ path: String) throws {
    if (try? Stat(FilePath(path))) != nil {
      guard let old = try? Data(contentsOf: URL(filePath: path)) else {
        throw Failure(.cannotCreateOutput, "--log \(path): cannot be read, to go on with it; choose another name")
      }
      guard isContinuation(of: String(decoding: old, as: UTF8.self)) else {
        throw Failure(
          .cannotCreateOutput, "--log \(path): this is not the log of the run that goes on; choose another name")
      }
    }
    do {
      try replaceFile(at: path, with: Array((lines.joined(separator: "\n") + "\n").utf8))
    } catch {
      throw Failure(error.isCreation ? .cannotCreateOutput : .writeFailed, "\(error)")
    }
  }

  /// Whether a log is one of this run, as far as it and this one go.
  ///
  /// Times differ where an epoch was trained again. The first line may tell of fewer epochs that were asked for, and of
  /// another way to the data. A last line may tell of an end, or have been cut off.
  private func isContinuation(of old: String) -> Bool {
    var oldLines = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let cutLine = oldLines.popLast() ?? ""
    if oldLines.last?.contains(#""event":"end""#) == true { oldLines.removeLast() }
    let isSame = zip(oldLines, lines).allSatisfy { Self.withoutTimes($0) == Self.withoutTimes($1) }
    // The rest of a line that was cut off stands where it stood. Its figures may be those of another time.
    let next = oldLines.count < lines.count ? lines[oldLines.count] : cutLine
    let isCut = cutLine.isEmpty || !oldLines.isEmpty || next.hasPrefix(cutLine)
    // The columns of a table say nothing of the run.
    let isKnown = lines[0].hasPrefix("{") || hasHistory || oldLines.count <= 1
    return isSame && isCut && isKnown
  }

  private static func withoutTimes(_ line: String) -> String {
    if line.hasPrefix("{") {
      return line.replacing(/"(evaluation_)?seconds":[^,}]*|"epochs":\d+,|"directory":"(?:[^"\\]|\\.)*",/, with: "")
    }
    let times = [EpochEvent.Name.seconds, .evaluationSeconds].compactMap { EpochEvent.Name.allCases.firstIndex(of: $0) }
    return line.split(separator: ",", omittingEmptySubsequences: false).enumerated()
      .filter { !times.contains($0.offset) }.map { String($0.element) }.joined(separator: ",")
  }
}
