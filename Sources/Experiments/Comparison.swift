import Glibc
import NeuralNetwork
import Training

/// The table of a comparison: a row for each variant.
public struct Comparison: Sendable {
  /// The rows, in the order of the plan.
  public let rows: [ComparisonRow]

  /// The index of the variant that the others are compared with.
  public let reference: Int

  /// Compares the results of a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - results: The results of its runs; those of runs that were not made are missing.
  ///   - reference: The index of the variant to compare with; by default that of the greatest mean validation accuracy at the
  ///     best epoch, or test accuracy where there are no validation examples.
  ///   - target: The test accuracy to be reached, if epochs and seconds to it are asked for.
  public init(_ plan: Plan, _ results: [Plan.Run: RunResult], reference: Int? = nil, target: Double? = nil) {
    let byVariant = plan.variants.indices.map { variant in
      plan.seeds.indices.map { results[Plan.Run(variant: variant, seed: $0)] }
    }
    let reference = reference ?? Self.best(of: byVariant)
    self.reference = reference
    var rows = plan.variants.indices.map { index in
      ComparisonRow(
        plan.variants[index], byVariant[index], reference: index == reference ? nil : byVariant[reference],
        target: target)
    }
    let tested = rows.indices.filter { rows[$0].p != nil }
    for (index, p) in zip(tested, holm(tested.compactMap { rows[$0].p })) { rows[index].correctedP = p }
    self.rows = rows
  }

  private static func best(of results: [[RunResult?]]) -> Int {
    let figures = results.map { results -> Double in
      let figures = results.compactMap { $0?.isDiverged == false ? $0 : nil }.map {
        $0.validationAccuracyAtBest ?? $0.testAccuracy ?? 0
      }
      return figures.isEmpty ? -1 : Sample(figures).mean
    }
    return figures.indices.max { figures[$0] < figures[$1] || (figures[$0] == figures[$1] && $0 > $1) } ?? 0
  }
}
