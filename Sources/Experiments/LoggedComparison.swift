import Files
public import Training

/// A comparison of runs that were made elsewhere, from their logs.
///
/// - Runs on other data than the first are left out.
/// - Of several logs of one run the first counts.
/// - Only seeds that every variant has count.
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
  /// A note for each log or seed that is left out.
  public let notes: [String]
  /// Whether something is left out that may be needed.
  public let isIncomplete: Bool

  /// The comparison of some runs, with the names of their logs.
  /// - Returns: `nil`, if no seed is common to all variants, or if there are no runs.
  public init?(_ logs: [(path: String, run: LoggedRun)]) {
    guard let first = logs.first else { return nil }
    var (notes, isIncomplete): ([String], Bool) = ([], false)
    var kept: [(key: TrainingConfiguration, runs: [UInt64: LoggedRun])] = []
    for (path, run) in logs {
      guard run.sha256 == first.run.sha256 else {
        notes.append("\(path.shown): its data are others than those of \(first.path.shown); it is left out")
        isIncomplete = true
        continue
      }
      let (key, seed) = (run.configuration.withoutSeed, run.configuration.seed)
      guard let index = kept.firstIndex(where: { $0.key == key }) else {
        kept.append((key, [seed: run]))
        continue
      }
      if let former = kept[index].runs[seed] {
        let isSame = former.result.testCorrect == run.result.testCorrect
        notes.append(
          "\(path.shown): this is a second log of a run, \(isSame ? "with the same" : "and with another") result; "
            + "the first one counts")
        isIncomplete = isIncomplete || !isSame
      } else {
        kept[index].runs[seed] = run
      }
    }
    let all = Set(kept.flatMap(\.runs.keys))
    let seeds = all.filter { seed in kept.allSatisfy { $0.runs[seed] != nil } }.sorted()
    guard !seeds.isEmpty else { return nil }
    if seeds.count < all.count {
      let others = all.subtracting(seeds).sorted().map { "\($0)" }.joined(separator: ", ")
      notes.append("not every variant has a run with seed \(others.shown); these runs are left out")
      isIncomplete = true
    }
    let names = Variant.names(of: kept.map(\.key))
    plan = Plan(
      variants: zip(names, kept).map { Variant(name: $0.name, varied: $0.varied, configuration: $1.key) }, seeds: seeds)
    var (results, circumstances): ([Plan.Run: RunResult], [RunCircumstances]) = ([:], [])
    for (variant, entry) in kept.enumerated() {
      for (index, seed) in seeds.enumerated() {
        guard let run = entry.runs[seed] else { continue }
        results[Plan.Run(variant: variant, seed: index)] = run.result
        if !circumstances.contains(run.circumstances) { circumstances.append(run.circumstances) }
      }
    }
    (self.results, self.notes, self.isIncomplete, counts) = (results, notes, isIncomplete, first.run.counts)
    (self.circumstances, sha256) = (circumstances, first.run.sha256)
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
}

extension TrainingConfiguration {
  /// The choices that make a variant: those that do not change a network's numbers are left out.
  fileprivate var withoutSeed: TrainingConfiguration {
    var copy = self
    (copy.seed, copy.threads, copy.saturation) = (0, 1, false)
    return copy
  }
}

extension Variant {
  /// Names that tell variants apart: the pair, and each choice in which variants of one pair differ.
  fileprivate static func names(
    of configurations: [TrainingConfiguration]
  ) -> [(name: String, varied: [String: String])] {
    let fields = configurations.map(\.fields)
    let pairs = configurations.map { "\($0.output) \($0.cost.rawValue)" }
    return configurations.indices.map { index in
      let relatives = configurations.indices.filter { pairs[$0] == pairs[index] }
      let varied = fields[index].indices.filter { field in
        relatives.contains { fields[$0][field].value != fields[index][field].value }
      }.map { (name: fields[index][$0].name, value: "\(fields[index][$0].value)") }
      let words = varied.map { "\($0.name.replacing("_", with: "-")) \($0.value)" }
      return (
        ([pairs[index]] + words).joined(separator: ", "), Dictionary(varied.map { ($0.name, $0.value) }) { $1 }
      )
    }
  }
}
