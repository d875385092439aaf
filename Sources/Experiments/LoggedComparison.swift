import Files
public import Training

/// A comparison of runs that were made elsewhere, from their logs. Only seeds that every variant has count.
public struct LoggedComparison: Sendable {
  /// The variants and seeds that count.
  public let plan: Plan
  /// The results of all its runs.
  public let results: [Plan.Run: RunResult]
  /// The number of examples that train, that validate and that test in the first run.
  public let counts: ExampleCounts
  /// The SHA-256 of each data file.
  public let sha256: [String: String]
  /// The different circumstances of the runs, in their order.
  public let circumstances: [RunCircumstances]
  /// A note for each log or seed that is left out, and on runs that were computed in different ways.
  public let notes: [String]
  /// Whether something is left out that may be needed.
  public let isIncomplete: Bool

  /// The comparison of some variants.
  /// - Returns: `nil`, if no seed is common to all variants.
  public init?(_ logged: LoggedVariants) {
    let entries = logged.entries
    let all = Set(entries.flatMap(\.runs.keys))
    let seeds = all.filter { seed in entries.allSatisfy { $0.runs[seed] != nil } }.sorted()
    guard !seeds.isEmpty else { return nil }
    var (notes, isIncomplete) = (logged.notes, logged.isIncomplete)
    if seeds.count < all.count {
      let others = all.subtracting(seeds).sorted().map { "\($0)" }.joined(separator: ", ")
      notes.append("not every variant has a run with seed \(others.shown); these runs are left out")
      isIncomplete = true
    }
    plan = Plan(variants: entries.map(\.variant), seeds: seeds)
    var (results, circumstances): ([Plan.Run: RunResult], [RunCircumstances]) = ([:], [])
    var ways: [String: [Int]] = [:]
    for (variant, entry) in entries.enumerated() {
      for (index, seed) in seeds.enumerated() {
        guard let run = entry.runs[seed] else { continue }
        results[Plan.Run(variant: variant, seed: index)] = run.result
        ways[run.circumstances.arithmetic, default: []].append(variant)
        if !circumstances.contains(run.circumstances) { circumstances.append(run.circumstances) }
      }
    }
    if ways.count > 1 {
      let list = ways.sorted { $0.key < $1.key }.map { "\($1.count) by \($0)" }.joined(separator: "; ")
      let isEven = ways.values.allSatisfy { Set($0).count == entries.count }
      notes.append(
        "the runs were computed in \(ways.count) ways, whose bits differ: \(list); "
          + (isEven
            ? "every variant ran in each, so this adds to the noise of the seeds alone"
            : "not every variant ran in each, so a difference may come from this"))
    }
    (self.results, self.notes, self.isIncomplete, counts) = (results, notes, isIncomplete, logged.counts)
    (self.circumstances, sha256) = (circumstances, logged.sha256)
  }
}

/// The numbers of examples of a run.
public struct ExampleCounts: Codable, Equatable, Sendable {
  /// The examples that train.
  public var train: Int
  /// The examples held out for validation.
  public var validation: Int
  /// The test examples.
  public var test: Int

  /// The numbers of examples of some data.
  public init(_ data: TrainingData) {
    (train, validation, test) = (data.training.count, data.validation?.count ?? 0, data.test.count)
  }

  /// Whether the numbers, if they come from a file, can be those of a run.
  var areSensible: Bool { test > 0 && [train, validation, test].allSatisfy { (0...1 << 53).contains($0) } }
}
