import Experiments
import Training

/// The choice of a learning rate for each variant, by validation accuracy on seeds of its own.
struct Tuning {
  /// The seeds of the runs that only choose: none that a person would type for the comparison.
  static let seeds: [UInt64] = [4_000_000_001, 4_000_000_002, 4_000_000_003]
  /// How often a grid is widened whose best rate lies at its edge.
  private static let greatestWidening = 4

  /// The rates that were asked for; `nil` for a grid around each variant's default.
  let rates: [Double]?

  /// Tries the rates of each variant.
  ///
  /// - Parameters:
  ///   - variants: The variants.
  ///   - train: Trains the runs of a plan, whose variants are some of these with other rates; `indices` says which. It returns
  ///     fewer results if it is told to stop.
  /// - Returns: The grid of each variant; `nil` if training was told to stop.
  /// - Throws: Errors of `train`.
  func grids(
    _ variants: [Variant], train: (Plan, _ indices: [Int]) throws -> [Plan.Run: RunResult]
  ) throws -> [RateGrid]? {
    var grids = variants.map { variant in
      rates.map { RateGrid($0) } ?? .around(variant.configuration.learningRate)
    }
    var untried = grids.enumerated().flatMap { index, grid in grid.rates.map { (index, $0) } }
    for widening in 0...Self.greatestWidening where !untried.isEmpty {
      let plan = Plan(
        variants: untried.map { index, rate in
          var variant = variants[index]
          variant.configuration.learningRate = rate
          return variant
        }, seeds: Self.seeds)
      let results = try train(plan, untried.map(\.0))
      guard results.count == plan.runs.count else { return nil }
      for (place, (index, rate)) in untried.enumerated() {
        let runs = plan.seeds.indices.compactMap { results[Plan.Run(variant: place, seed: $0)] }
        grids[index].record(runs, at: rate)
      }
      // A rate that is added is tried in the next round.
      guard widening < Self.greatestWidening else { break }
      untried = grids.indices.compactMap { index in grids[index].widen().map { (index, $0) } }
    }
    return grids
  }
}

/// The learning rates of `--tune`.
struct TuningRates: Equatable {
  /// The rates; `nil` for a grid around each variant's default.
  var rates: [Double]?

  /// The word for such a grid.
  static let auto = "auto"

  /// Adds that word to a `--tune` without rates, as the parser needs one.
  static func complete(_ words: [String]) -> [String] {
    words.indices.flatMap { index -> [String] in
      let next = index + 1 < words.count ? words[index + 1] : ""
      let hasRates = next == auto || next.first?.isNumber ?? false || next.hasPrefix(".")
      return words[index] == "--tune" && !hasRates ? ["--tune", auto] : [words[index]]
    }
  }
}
