import Datasets
import Files
import NeuralNetwork
import TestSupport
import Testing
import Training

@testable import NettrainCommands

extension LogContinuation {
  /// The part that is kept of a log of these bytes.
  fileprivate init?(of bytes: [UInt8], _ format: RecordFormat, _ run: Run, _ history: [EpochRecord]) {
    let kept = try? withTemporaryFile(bytes) { try LogContinuation(of: ReadableFile($0), format, run, history) }
    guard let kept = kept ?? nil else { return nil }
    self = kept
  }
}

@Suite("The kept part of a log") struct LogContinuationTests {
  /// A run of three epochs on small data, with the records of its epochs.
  private static func withRun(_ body: (Run, [EpochRecord]) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      let data = try DataFolder(readingFrom: folder, hashing: true)
      var configuration = TrainingConfiguration(learningRate: 0.1)
      (configuration.hidden, configuration.epochs, configuration.batchSize) = ([3], 3, 2)
      let examples = try TrainingData(data)
      configuration.limit = examples.training.count
      configuration.validation = examples.validation?.count ?? 0
      let run = Run(
        configuration: configuration, data: examples, dataFiles: data.files, usesBundledDigits: false)
      var trainer = try Trainer<Double>(configuration, examples)
      _ = try trainer.train()
      try body(run, trainer.state.history)
    }
  }

  private static func lines(_ run: Run, _ history: [EpochRecord], _ format: RecordFormat) -> [String] {
    let epochs = history.map { Record.epoch($0, withSaturation: false) }
    switch format {
    case .json: return [Record.start(run).json] + epochs.map(\.json)
    case .csv: return [epochs[0].csvHeader] + epochs.map(\.csvRow)
    }
  }

  private static func text(_ lines: some Sequence<String>) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

  @Test(
    "the start and the epochs of the checkpoint are kept, and later epochs of the run are not",
    arguments: [false, true])
  func kept(isCSV: Bool) throws {
    let format = isCSV ? RecordFormat.csv : .json
    try Self.withRun { run, history in
      let lines = Self.lines(run, history, format)
      for written in 1...4 {
        let known = Array(history.prefix(2))
        let kept = try #require(LogContinuation(of: Self.text(lines.prefix(written)), format, run, known))
        let count = min(written, 3)
        #expect(kept.hasStart && kept.epochs == count - 1)
        #expect(kept.byteCount == Self.text(lines.prefix(count)).count)
      }
    }
  }

  @Test("an empty log, and any beginning of a first line, is one of which nothing is kept", arguments: [false, true])
  func tornStart(isCSV: Bool) throws {
    let format = isCSV ? RecordFormat.csv : .json
    try Self.withRun { run, history in
      let start = Array(Self.lines(run, history, format)[0].utf8)
      for count in [0, 1, start.count / 2, start.count] {
        let kept = try #require(LogContinuation(of: Array(start[..<count]), format, run, history))
        #expect(!kept.hasStart && kept.epochs == 0 && kept.byteCount == 0)
      }
      #expect(LogContinuation(of: start + Array(" ".utf8), format, run, history) == nil)
    }
  }

  @Test("of a log with fewer epochs or less patience nothing is kept; another one is not that of the run")
  func otherStart() throws {
    try Self.withRun { run, history in
      func kept<Value>(with choice: WritableKeyPath<TrainingConfiguration, Value>, _ value: Value) -> LogContinuation? {
        var other = run
        other.configuration[keyPath: choice] = value
        return LogContinuation(of: Self.text(Self.lines(other, history, .json)), .json, run, history)
      }
      #expect(kept(with: \.epochs, 3)?.epochs == 3)
      for shorter in [kept(with: \.epochs, 1), kept(with: \.patience, 1)] {
        let shorter = try #require(shorter)
        #expect(!shorter.hasStart && shorter.epochs == 0 && shorter.byteCount == 0)
      }
      #expect(kept(with: \.seed, 1) == nil)
      #expect(kept(with: \.labelSmoothing, 0.1) == nil)
      #expect(kept(with: \.hidden, [4]) == nil)
      #expect(kept(with: \.initFrom, "a") == nil)
    }
  }

  @Test("a line with bytes that are no text is kept with all of them")
  func damagedLine() throws {
    try Self.withRun { run, history in
      let lines = Self.lines(run, history, .json)
      var epoch = Array(lines[1].utf8)
      epoch.insert(contentsOf: Array(#""note":""#.utf8) + [0xFF, 0xFE] + Array(#"","#.utf8), at: 1)
      let log = Self.text(lines.prefix(1)) + epoch + Self.text(["", lines[2]])
      let kept = try #require(LogContinuation(of: log, .json, run, history))
      #expect(kept.epochs == 2 && kept.byteCount == log.count)
    }
  }

  @Test("figures of a table that are not those of the run are not kept, but other times are")
  func otherFigures() throws {
    try Self.withRun { run, history in
      let lines = Self.lines(run, history, .csv)
      func kept(_ column: String) -> LogContinuation? {
        let values = zip(lines[0].split(separator: ","), lines[1].split(separator: ",")).map { name, value in
          name == column ? "0.25" : String(value)
        }
        let log = [lines[0], values.joined(separator: ",")] + lines.dropFirst(2)
        return LogContinuation(of: Self.text(log), .csv, run, history)
      }
      #expect(kept("seconds")?.epochs == 3)
      #expect(kept("evaluation_seconds")?.epochs == 3)
      #expect(kept("train_cost") == nil)
      #expect(kept("epoch") == nil)
    }
  }

  @Test("lines behind the end, or out of order, are not those of the run")
  func foreignLines() throws {
    try Self.withRun { run, history in
      let lines = Self.lines(run, history, .json)
      let end = #"{"event":"end"}"#
      #expect(LogContinuation(of: Self.text(lines + [end]), .json, run, history)?.epochs == 3)
      for log in [
        lines + [end, end], lines + [end, lines[0]], lines + [lines[0]], lines + [""], lines + ["{}"],
        [lines[0], lines[2]], [lines[0], lines[1], lines[1]], Array(lines.dropFirst()), [""] + lines,
      ] {
        #expect(LogContinuation(of: Self.text(log), .json, run, history) == nil, "\(log.map { $0.prefix(20) })")
      }
    }
  }

  @Test("a line that is longer than any of the run is none of its lines, wherever it stands", arguments: [false, true])
  func longLines(isCSV: Bool) throws {
    let format = isCSV ? RecordFormat.csv : .json
    try Self.withRun { run, history in
      let lines = Self.lines(run, history, format)
      let long = lines[1] + String(repeating: isCSV ? "," : " ", count: 100_000)
      for log in [
        [long], [lines[0], long], [lines[0], lines[1], long], [lines[0] + String(repeating: " ", count: 100_000)],
      ] {
        #expect(LogContinuation(of: Self.text(log), format, run, history) == nil)
        #expect(LogContinuation(of: Array(Self.text(log).dropLast()), format, run, history) == nil)
      }
    }
  }

  @Test("a key with many combining marks is not read")
  func combiningMarks() throws {
    try Self.withRun { run, history in
      let lines = Self.lines(run, history, .json)
      func kept(marks: Int) -> LogContinuation? {
        let key = String(repeating: "\u{301}\u{323}", count: marks / 2)
        let epoch = lines[1].replacing(#"{"epoch""#, with: #"{"\#(key)":0,"epoch""#)
        return LogContinuation(of: Self.text([lines[0], epoch]), .json, run, history)
      }
      #expect(kept(marks: 128)?.epochs == 1)
      #expect(kept(marks: 130) == nil)
      #expect(kept(marks: 30_000) == nil)
    }
  }
}
