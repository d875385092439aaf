import Experiments
import Files
import Training

/// A comparison for people: a table of at most 80 columns, and a sentence for each variant.
struct ComparisonText {
  let comparison: Comparison
  let plan: Plan
  let counts: ExampleCounts
  let target: Double?
  /// The learning rates that were tried for each variant; `nil` if they are the defaults or were given.
  let grids: [RateGrid]?

  /// The table and the sentences.
  var lines: [String] {
    let rows = comparison.rows.flatMap { row -> [String] in
      // A name that is too long for its column has a line of its own.
      name(row.variant).count < Self.nameWidth ? [table.line(row)] : [name(row.variant), table.line(row)]
    }
    return heading + [table.header] + rows + [""] + sentences
  }

  private static let nameWidth = 22

  private var table: TextTable<ComparisonRow> {
    typealias Column = TextTable<ComparisonRow>.Column
    let variant = Column(title: Formatting.left("variant", Self.nameWidth), width: Self.nameWidth) { row in
      Formatting.left(name(row.variant).count < Self.nameWidth ? name(row.variant) : "", Self.nameWidth)
    }
    return TextTable(
      [
        variant,
        Column(title: "rate", width: 7, rank: 3) { Formatting.plain($0.variant.configuration.learningRate) },
        Column(title: "final test", width: 15) { points($0.testAccuracy) },
        Column(title: "best epoch", width: 15, rank: 2) { points($0.testAccuracyAtBest) },
        Column(title: "difference", width: 15) { difference($0) },
        Column(title: "p", width: 6, rank: 1) { p($0) },
      ], width: Terminal.outputWidth)
  }

  /// The same as Markdown.
  var markdown: [String] {
    let head = [
      "variant", "rate", "final test", "best epoch", "difference", "p", "quadratic cost", "cross-entropy cost",
      "saturated in epoch 1",
    ]
    let rows = comparison.rows.map { row in
      [
        name(row.variant).replacing("|", with: "\\|"), Formatting.plain(row.variant.configuration.learningRate),
        points(row.testAccuracy), points(row.testAccuracyAtBest), difference(row), p(row),
        row.costs[.quadratic].map { Formatting.significant($0) } ?? "-",
        row.costs[.crossEntropy].map { Formatting.significant($0) } ?? "-",
        row.saturatedShareInFirstEpoch.map { Formatting.percentage($0) } ?? "-",
      ]
    }
    let table = [head, head.map { _ in "---" }] + rows
    let lines = table.map { "| " + $0.joined(separator: " | ") + " |" } + [""] + sentences.map { "- " + $0 }
    return heading + [""] + lines.map { $0.replacing("<", with: "&lt;") }
  }

  /// The counts and the meaning of the numbers.
  var heading: [String] {
    let epochs = either(\.epochs)
    return [
      "\(plan.seeds.count) seed\(plan.seeds.count == 1 ? "" : "s"), \(epochs) epoch\(epochs == "1" ? "" : "s"), "
        + "\(either(\.trainingCount)) to train, \(either(\.validation)) to validate, "
        + "\(Formatting.grouped(counts.test)) to test",
      "accuracies in per cent, ± standard deviation over seeds; differences ± 95 % interval",
      (grids == nil
        ? "learning rates as given, or the defaults" : "learning rates by validation accuracy on other seeds")
        + "; p with Holm's correction",
    ]
  }

  /// The different values of a number over the variants: "100 or 2,000", or "1 to 50" for more than three.
  func either(_ number: (TrainingConfiguration) -> Int) -> String {
    let numbers = Set(plan.variants.map { number($0.configuration) }).sorted().map(Formatting.grouped)
    return numbers.count <= 3
      ? numbers.joined(separator: " or ") : "\(numbers[0]) to \(numbers[numbers.count - 1])"
  }

  /// The name of a variant for a person. Plans and logs come from anywhere.
  private func name(_ variant: Variant) -> String { variant.name.shown(limit: 1000) }

  /// A sentence for each variant, the reference first.
  var sentences: [String] {
    let reference = comparison.rows[comparison.reference]
    let others = comparison.rows.filter { !$0.isReference }.map(sentence)
    return ["reference: \(name(reference.variant))"] + others + notes + tuningNotes
  }

  private func sentence(_ row: ComparisonRow) -> String {
    let name = name(row.variant)
    let number = { (fraction: Double) in Formatting.fixed(100 * fraction, decimals: 2) }
    let diverged = row.divergedCount > 0 ? " (\(row.divergedCount) of \(row.runCount) runs diverged)" : ""
    switch row.verdict {
    case .reference: return "\(name) is the reference"
    case .better, .worse:
      guard let difference = row.difference else { return name }
      func range(_ interval: Interval) -> String {
        let ends = [interval.low, interval.high].map { row.verdict == .better ? $0 : -$0 }.sorted()
        return "\(number(ends[0])) to \(number(ends[1]))"
      }
      var line = "\(name) is \(row.verdict.rawValue) by \(number(difference.estimate.magnitude)) points: "
      line += "\(range(difference)) on these images"
      if let general = row.generalDifference { line += ", \(range(general)) on others like them" }
      return line + diverged
    case .noDifferenceFound:
      guard let greatest = row.greatestDifference else { return name }
      let seeds = row.differences?.values.count ?? 0
      var line = "\(name): no difference larger than \(number(greatest)) points was found with \(seeds) seeds"
      if let needed = row.seedsNeeded(for: greatest / 2) { line += "; half of that would take \(needed)" }
      return line + diverged
    case .tooFewSeeds:
      guard let p = row.mcNemarP else { return "\(name): too few seeds for a verdict\(diverged)" }
      return "\(name): one seed shows no more than these two networks (McNemar's p \(Formatting.significant(p)))"
    }
  }

  private var notes: [String] {
    guard let target else { return [] }
    return comparison.rows.map { row in
      let figures = row.toTarget.map {
        "\(Formatting.fixed($0.epochs, decimals: 1)) epochs, \(Formatting.duration(seconds: $0.seconds))"
      }
      return "\(name(row.variant)) to \(Formatting.percentage(target)): \(figures ?? "not reached by every run")"
    }
  }

  /// The grid of each variant with the choice.
  private var tuningNotes: [String] {
    zip(plan.variants, grids ?? []).map { variant, grid in
      let figures = zip(grid.rates, grid.scores).map { rate, score in
        "\(Formatting.plain(rate)): \(score.map { Formatting.fixed(100 * $0, decimals: 2) } ?? "-")"
          + (rate == grid.best ? " *" : "")
      }
      let edge = grid.isBestAtEdge ? "; the best lies at the edge" : ""
      return "\(name(variant)), validation accuracy by rate: \(figures.joined(separator: ", "))\(edge)"
    }
  }

  private func points(_ sample: Sample?) -> String {
    guard let sample else { return "-" }
    let deviation = sample.standardDeviation.map { " ± " + Formatting.fixed(100 * $0, decimals: 2) } ?? ""
    return Formatting.fixed(100 * sample.mean, decimals: 2) + deviation
  }

  private func difference(_ row: ComparisonRow) -> String {
    guard !row.isReference, let differences = row.differences else { return "-" }
    let halfWidth = row.difference.map { " ± " + Formatting.fixed(100 * $0.halfWidth, decimals: 2) } ?? ""
    return Formatting.fixed(100 * differences.mean, decimals: 2) + halfWidth
  }

  private func p(_ row: ComparisonRow) -> String {
    row.correctedP.map { $0 < 0.0005 ? "<.001" : Formatting.fixed($0, decimals: 3) } ?? "-"
  }
}
