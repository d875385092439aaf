/// A test image that some variants get right with more of their seeds than others.
public struct Disagreement: Equatable, Sendable {
  /// The position of the image in the test set.
  public let image: Int
  /// The number of runs of each variant that get it right.
  public let right: [Int]
  /// The number of runs of each variant that tell.
  public let runs: [Int]

  /// The images on which the variants of a plan disagree most.
  ///
  /// They disagree as much as the variance over variants of the share of runs that are right.
  /// - Parameters:
  ///   - plan: The plan.
  ///   - results: The results of its runs.
  ///   - greatestCount: The number of images asked for.
  /// - Returns: The images, those with the greatest variance first, of equals the first of the test set; none with a
  ///   variance of 0.
  public static func greatest(
    _ plan: Plan, _ results: [Plan.Run: RunResult], _ greatestCount: Int
  ) -> [Disagreement] {
    let bits = plan.variants.indices.map { variant in
      plan.seeds.indices.compactMap { results[Plan.Run(variant: variant, seed: $0)]?.testCorrect }
    }
    let runs = bits.map(\.count)
    guard let count = bits.joined().first?.count, bits.joined().allSatisfy({ $0.count == count }) else { return [] }
    var found: [(disagreement: Disagreement, variance: Double)] = []
    for image in 0..<count {
      let right = bits.map { $0.count { $0[image] } }
      let shares = zip(right, runs).filter { $0.1 > 0 }.map { Double($0) / Double($1) }
      guard shares.contains(where: { $0 != shares[0] }) else { continue }
      let deviation = Sample(shares).standardDeviation ?? 0
      found.append((Disagreement(image: image, right: right, runs: runs), deviation * deviation))
    }
    found.sort { ($1.variance, $0.disagreement.image) < ($0.variance, $1.disagreement.image) }
    return found.prefix(greatestCount).map(\.disagreement)
  }
}
