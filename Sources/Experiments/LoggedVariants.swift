import Files
import Training

/// Runs that were made elsewhere, sorted into variants by their logs: runs of a variant differ in the seed alone.
///
/// - Runs on other data than the first are left out.
/// - Of several logs of one run the first counts.
/// - Variants of a plan have its order and names, if all variants are in plans.
public struct LoggedVariants: Sendable {
  /// The variants in the order of a plan or else of their first logs, each with its runs by their seeds.
  public let entries: [(variant: Variant, runs: [UInt64: LoggedRun])]
  /// The number of examples that train, that validate and that test in the first run.
  public let counts: ExampleCounts
  /// The SHA-256 of each data file of the runs.
  public let sha256: [String: String]
  /// A note for each log that is left out, and on runs of a plan that have none.
  public let notes: [String]
  /// True if a log that may be needed is left out or missing.
  public let isIncomplete: Bool

  /// Sorts runs; `nil`, if there are none.
  /// - Parameters:
  ///   - logs: The runs, with the names of their logs.
  ///   - plans: The plans by which runs were made, if they are known.
  public init?(_ logs: [(path: String, run: LoggedRun)], of plans: [Plan] = []) {
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
    let missing = plans.reduce(0) { count, plan in
      plan.variants.reduce(count) { count, variant in
        let runs = kept.first { $0.key == variant.configuration.withoutSeed }?.runs ?? [:]
        return count + plan.seeds.count { runs[$0] == nil }
      }
    }
    if missing > 0 {
      notes.append("\(missing) run\(missing == 1 ? "" : "s") of the plan \(missing == 1 ? "has" : "have") no log yet")
      isIncomplete = true
    }
    let planned = plans.flatMap(\.variants)
    let places = kept.map { entry in planned.firstIndex { $0.configuration.withoutSeed == entry.key } }
    let isPlanned = places.allSatisfy { $0 != nil }
    if isPlanned { kept = zip(places, kept).sorted { ($0.0 ?? 0) < ($1.0 ?? 0) }.map(\.1) }
    let names =
      isPlanned
      ? places.compactMap(\.self).sorted().map { (planned[$0].name, planned[$0].varied) }
      : Variant.names(of: kept.map(\.key))
    entries = zip(names, kept).map {
      (Variant(name: $0.name, varied: $0.varied, configuration: $1.key), $1.runs)
    }
    (self.notes, self.isIncomplete, counts) = (notes, isIncomplete, first.run.counts)
    sha256 = first.run.sha256
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
