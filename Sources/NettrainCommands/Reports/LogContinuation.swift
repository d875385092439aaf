import Files
import Training

/// The part of an old log that a resumed run keeps: the start and the epochs that the checkpoint knows.
///
/// Behind it may stand what the run itself has written since: later epochs, its end, and a line that was cut off. In
/// anything else the log is not that of the run. Nothing is kept if the run is to have more epochs or patience than the first
/// line tells.
struct LogContinuation {
  /// Whether the first line is kept.
  private(set) var hasStart = false
  /// The number of epochs kept.
  private(set) var epochs = 0
  /// The length of the kept lines.
  private(set) var byteCount = 0

  /// A log of which nothing is kept.
  init() {}

  /// The part of an old log that is kept; `nil` if it is not a log of the run. It is read as far as it matches.
  init?(of file: ReadableFile, _ format: RecordFormat, _ run: Run, _ history: [EpochRecord]) throws(FileError) {
    let reader: any LogReader = format == .json ? JSONLog(run: run) : CSVLog(run: run, history: history)
    // The folder of the data may have had a longer name. The last line has a few bits for each test image.
    var lines = LogLines(of: file, limit: reader.start.utf8.count + run.data.test.count + 1 << 16)
    switch try lines.next() {
    case .tooLong: return nil
    case .last(let torn):
      guard reader.start.utf8.starts(with: torn) else { return nil }
      return
    case .whole(let first):
      guard reader.isStart(first) else { return nil }
      hasStart = reader.isCurrent(first)
      byteCount = hasStart ? first.count + 1 : 0
    }
    var (next, isEnded) = (1, false)
    while true {
      switch try lines.next() {
      case .tooLong: return nil
      // A damaged line need not be text, and a torn one may end within a character.
      case .last(let torn):
        let isOwn = reader.beginnings(next).contains { $0.utf8.starts(with: torn) || torn.starts(with: $0.utf8) }
        guard isOwn else { return nil }
        return
      case .whole(let line):
        guard !isEnded else { return nil }
        isEnded = reader.isEnd(line)
        if isEnded { continue }
        guard reader.isEpoch(line, next) else { return nil }
        if hasStart && next <= history.count {
          epochs = next
          byteCount += line.count + 1
        }
        next += 1
      }
    }
  }
}

/// Recognizes the lines of a run's log.
private protocol LogReader {
  /// The first line of a new log.
  var start: String { get }
  /// Whether a line is the first one of the run's log.
  func isStart(_ line: [UInt8]) -> Bool
  /// True if that line tells the run's choices as they are now.
  func isCurrent(_ start: [UInt8]) -> Bool
  /// Whether a line is that of an epoch of the run.
  func isEpoch(_ line: [UInt8], _ epoch: Int) -> Bool
  /// Whether a line is the end of a run.
  func isEnd(_ line: [UInt8]) -> Bool
  /// The beginnings of a line that may follow when the next epoch is `epoch`.
  func beginnings(_ epoch: Int) -> [String]
}

/// JSON Lines. The first line identifies the run by its configuration and the hashes of its data.
private struct JSONLog: LogReader {
  let run: Run

  private struct Line: Decodable {
    struct Files: Decodable { var sha256: [String: String] }
    var event: String
    var epoch: Int?
    var data: Files?
  }

  private func decode<Value: Decodable>(_: Value.Type, _ line: [UInt8]) -> Value? {
    try? JSONText.decode(Value.self, from: line)
  }

  var start: String { Record.start(run).json }

  func isStart(_ line: [UInt8]) -> Bool {
    guard let start = decode(Line.self, line), start.event == "start", start.data?.sha256 == run.data.sha256,
      let configuration = decode(TrainingConfiguration.self, line)
    else { return false }
    return configuration.isSameRun(as: run.configuration)
  }

  func isCurrent(_ start: [UInt8]) -> Bool { decode(TrainingConfiguration.self, start) == run.configuration }

  func isEpoch(_ line: [UInt8], _ epoch: Int) -> Bool {
    let line = decode(Line.self, line)
    return line?.event == "epoch" && line?.epoch == epoch
  }

  func isEnd(_ line: [UInt8]) -> Bool { decode(Line.self, line)?.event == "end" }

  func beginnings(_ epoch: Int) -> [String] { [#"{"epoch":\#(epoch),"#, #"{"best_epoch":"#] }
}

/// A table. Its columns do not identify the run, so the figures of the finished epochs must be those of the history.
private struct CSVLog: LogReader {
  let run: Run
  let history: [EpochRecord]

  private func record(_ epoch: EpochRecord?) -> Record {
    .epoch(epoch, withSaturation: run.configuration.saturation)
  }

  var start: String { record(nil).csvHeader }

  func isStart(_ line: [UInt8]) -> Bool { line.elementsEqual(start.utf8) }

  func isCurrent(_ start: [UInt8]) -> Bool { true }

  func isEpoch(_ line: [UInt8], _ epoch: Int) -> Bool {
    let values = String(decoding: line, as: UTF8.self).split(separator: ",", omittingEmptySubsequences: false)
    guard epoch <= history.count else { return !history.isEmpty && values.first == "\(epoch)" }
    // An epoch that was trained again took another time.
    let fields = record(history[epoch - 1]).fields
    return values.count == fields.count
      && zip(fields, values).allSatisfy { $0.name.hasSuffix("seconds") || $0.value.description == $1 }
  }

  func isEnd(_ line: [UInt8]) -> Bool { false }

  func beginnings(_ epoch: Int) -> [String] { ["\(epoch),"] }
}
