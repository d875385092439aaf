/// The numbers of variants and runs of a comparison.
struct ComparisonSize {
  /// The greatest numbers that can be listed, in a plan and as commands, in seconds.
  private static let greatest = (variants: 10_000, runs: 100_000)

  private let variants: Int

  /// The bytes of the variants, in memory and in the text of a plan.
  var byteCount: Double { 8192 * Double(variants) }

  /// The size of a comparison.
  /// - Parameters:
  ///   - pairs: The number of pairs of output and cost.
  ///   - variations: The options that are varied.
  ///   - seeds: The number of seeds.
  /// - Throws: A failure, if there are too many variants or runs.
  init(pairs: Int, _ variations: [Variation], seeds: Int) throws {
    var variants = pairs
    for variation in variations {
      // Neither factor is large, so the product is not beyond the numbers either.
      variants *= variation.values.count
      guard variants <= Self.greatest.variants else {
        throw Failure(
          .usage,
          "--vary \(variation.option): there are more than \(Formatting.grouped(Self.greatest.variants)) variants; give "
            + "fewer values")
      }
    }
    guard variants * seeds <= Self.greatest.runs else {
      throw Failure(
        .usage,
        "--seeds: there are more than \(Formatting.grouped(Self.greatest.runs)) runs, \(Formatting.grouped(seeds)) of "
          + "each of \(Formatting.grouped(variants)) variants; give fewer seeds")
    }
    self.variants = variants
  }
}
