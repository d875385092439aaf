import Files
import Memory
public import Training

/// A finished run, read from its log in JSON Lines.
public struct LoggedRun: Equatable, Sendable {
  /// The choices of the run.
  public let configuration: TrainingConfiguration
  /// The SHA-256 of each data file.
  public let sha256: [String: String]
  /// The numbers of examples.
  public let counts: ExampleCounts
  /// The circumstances that its numbers depend on besides.
  public let circumstances: RunCircumstances
  /// The result.
  public let result: RunResult
  /// The figures that were asked for, of each epoch of the result; `nil` where an epoch was not evaluated.
  public let figures: [Metric: [Double?]]

  /// A file that is not the log of a finished run.
  public struct Fault: Error, CustomStringConvertible {
    /// The log, as the caller named it.
    public let path: String
    /// The fault and the remedy.
    public let problem: String

    /// Path, fault and remedy in one line.
    public var description: String { "\(path.shown): \(problem)" }
  }

  /// The longest log that is read, in bytes: a million epochs.
  private static let greatestByteCount = 1 << 29

  /// Reads a log.
  /// - Parameters:
  ///   - path: The file.
  ///   - metrics: The figures to keep of each epoch; the result has those of a comparison anyway.
  /// - Throws: `Fault`, if it is not the log of a finished run; `FileError`, if it cannot be read; `MemoryShortage`, if
  ///   there is no memory for it.
  public init(readingFrom path: String, keeping metrics: [Metric] = []) throws {
    let file = try ReadableFile(path)
    guard file.byteCount <= Self.greatestByteCount else {
      throw Fault(path: path, problem: "it is larger than any log; give the log of a run")
    }
    // The file, and the places and figures of its lines.
    try Self.checkMemory(for: 2 * file.byteCount)
    let lines = try Self.contents(of: file)
    do {
      try self.init(lines: lines, keeping: metrics)
    } catch let problem as Problem {
      throw Fault(path: path, problem: problem.text)
    }
  }

  /// The bytes of a log, which another run may be writing.
  private static func contents(of file: ReadableFile) throws -> [UInt8] {
    let bytes = try file.read(file.byteCount)
    do {
      try file.checkUnchanged()
    } catch {
      throw Fault(path: file.path, problem: "it changed while it was read; read it again when nothing writes it")
    }
    return bytes
  }

  /// Checks that there are this many bytes. Most logs are small and many, and need no question to the system.
  private static func checkMemory(for bytes: Int) throws {
    if bytes > 1 << 24 { try Memory.check(use: bytes) }
  }

  /// A fault of a log's contents.
  private struct Problem: Error {
    var text: String
    static let foreign = Problem(text: "this is not a log of nettrain in JSON Lines; give one that --log wrote")
    static let cut = Problem(text: "the run has not ended, or its log is cut off; resume it, or leave it out")
  }

  private struct Start: Decodable {
    struct Files: Decodable {
      var sha256: [String: String]
      var directory: String?
    }
    var event: String
    var schema: Int
    var data: Files
    var version: String?
    var blas: String?
    var instructions: String?
  }

  private struct Epoch: Decodable {
    enum CodingKeys: CodingKey { case event, epoch, seconds, test_accuracy, test_cost, saturated }
    static let metrics = CodingUserInfoKey(rawValue: "metrics")

    var event: String
    var epoch: Int
    var result: RunResult.Epoch
    /// The figures that the decoder's `metrics` name.
    var figures: [Double?]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      event = try container.decode(String.self, forKey: .event)
      epoch = try container.decode(Int.self, forKey: .epoch)
      result = RunResult.Epoch(
        seconds: try container.decodeIfPresent(Double.self, forKey: .seconds) ?? 0,
        testAccuracy: try container.decodeIfPresent(Double.self, forKey: .test_accuracy),
        saturatedShare: try container.decodeIfPresent(Double.self, forKey: .saturated),
        testCost: try container.decodeIfPresent(Double.self, forKey: .test_cost))
      let metrics = Self.metrics.flatMap { decoder.userInfo[$0] as? [Metric] } ?? []
      guard !metrics.isEmpty else {
        figures = []
        return
      }
      let others = try decoder.container(keyedBy: Metric.self)
      figures = try metrics.map { try others.decodeIfPresent(Double.self, forKey: $0) }
    }
  }

  private struct End: Decodable {
    var event: String
    var status: String
    var test_accuracy: Double?
    var test_accuracy_at_best: Double?
    var validation_accuracy_at_best: Double?
    var test_cost_quadratic: Double?
    var test_cost_cross_entropy: Double?
    var test_correct: String?
  }

  private struct Counts: Decodable { var data: ExampleCounts }

  private init(lines bytes: [UInt8], keeping metrics: [Metric]) throws {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // A line of short values takes most: the reader of JSON keeps some words for each.
    try Self.checkMemory(for: 16 * (lines.map(\.count).max() ?? 0))
    let userInfo: [CodingUserInfoKey: any Sendable] = Epoch.metrics.map { [$0: metrics] } ?? [:]
    func decode<Value: Decodable>(_: Value.Type, _ line: ArraySlice<UInt8>) -> Value? {
      try? JSONText.decode(Value.self, from: Array(line), userInfo: userInfo)
    }
    guard let first = lines.first, let start = decode(Start.self, first), start.event == "start" else {
      throw Problem.foreign
    }
    guard start.schema == 2, let configuration = decode(TrainingConfiguration.self, first),
      let counts = decode(Counts.self, first)?.data, counts.areSensible
    else {
      throw Problem(text: "another version of nettrain wrote this log; run it again with this one")
    }
    // The last line ends with a line break, so an empty part follows it.
    guard lines.count > 2, lines[lines.count - 1].isEmpty, let end = decode(End.self, lines[lines.count - 2]),
      end.event == "end", end.status != "interrupted"
    else { throw Problem.cut }
    var epochs: [RunResult.Epoch] = []
    var figures = [[Double?]](repeating: [], count: metrics.count)
    for line in lines[1..<lines.count - 2] {
      guard let epoch = decode(Epoch.self, line), epoch.event == "epoch" else { throw Problem.foreign }
      guard epoch.epoch != 0 else { continue }
      guard epoch.epoch == epochs.count + 1 else {
        throw Problem(text: "its epochs are not in order; run it again, or leave it out")
      }
      epochs.append(epoch.result)
      for (index, figure) in epoch.figures.enumerated() { figures[index].append(figure) }
    }
    guard end.status != "completed" || epochs.count == configuration.epochs else {
      throw Problem(
        text:
          "it has \(epochs.count) epochs, and the run was to have \(configuration.epochs); run it again, or leave it out"
      )
    }
    // The record of an epoch that diverged has no accuracy and is the last one.
    if end.status == "diverged", let last = epochs.last, last.testAccuracy == nil {
      epochs.removeLast()
      for index in figures.indices { figures[index].removeLast() }
    }
    let correct = try end.test_correct.map { text in
      guard let bits = CorrectBits(base64: text, count: counts.test),
        Double(bits.correctCount) / Double(counts.test) == end.test_accuracy
      else { throw Problem(text: "its test_correct does not fit its test_accuracy; run it again") }
      return bits
    }
    (self.configuration, self.counts) = (configuration, counts)
    sha256 = start.data.sha256
    self.figures = Dictionary(zip(metrics, figures)) { first, _ in first }
    circumstances = RunCircumstances(
      version: start.version, blas: start.blas, instructions: start.instructions, threads: configuration.threads,
      directory: start.data.directory)
    result = RunResult(
      isDiverged: end.status == "diverged", epochs: epochs, testAccuracy: end.test_accuracy,
      testAccuracyAtBest: end.test_accuracy_at_best, validationAccuracyAtBest: end.validation_accuracy_at_best,
      testCosts: [.quadratic: end.test_cost_quadratic, .crossEntropy: end.test_cost_cross_entropy]
        .compactMapValues(\.self), testCorrect: correct)
  }
}
