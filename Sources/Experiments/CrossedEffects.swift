import Glibc
import Training

/// The difference of two classifiers over seeds and examples, both drawn from more of their kind: two-way random effects
/// without replication.
///
/// xₛᵢ is 1 where only the first classifier of seed s is right on example i, −1 where only the second is, and else 0:
///
///     xₛᵢ = μ + seedₛ + exampleᵢ + residualₛᵢ        S seeds, N examples
///     variance of the mean = (MS_seed + MS_example − MS_residual)/(S·N)
///
/// with Satterthwaite's degrees of freedom. The mean squares are formed from whole numbers, exactly.
/// - Source: B. D. Gallas et al., "A framework for random-effects ROC analysis", Communications in Statistics 38(15), 2009;
///   F. E. Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics Bulletin 2(6), 1946.
struct CrossedEffects {
  /// The sum of x over the examples, for each seed.
  let seedSums: [Int]
  /// The sum of x over the seeds, for each example.
  let exampleSums: [Int]
  /// The number of x that are not 0, which is Σx².
  let differing: Int

  /// The differences of two classifiers.
  /// - Parameters:
  ///   - first: The correctness of the first classifier on the examples, for each seed.
  ///   - second: That of the second, for the same seeds and examples.
  init(_ first: [CorrectBits], _ second: [CorrectBits]) {
    precondition(first.count == second.count && !first.isEmpty, "as many seeds")
    var (seedSums, exampleSums, differing) = ([Int](), [Int](repeating: 0, count: first[0].count), 0)
    for (first, second) in zip(first, second) {
      precondition(first.count == exampleSums.count && second.count == first.count, "as many examples")
      var sum = 0
      for index in exampleSums.indices where first[index] != second[index] {
        let x = first[index] ? 1 : -1
        sum += x
        exampleSums[index] += x
        differing += 1
      }
      seedSums.append(sum)
    }
    (self.seedSums, self.exampleSums, self.differing) = (seedSums, exampleSums, differing)
  }

  /// The 95 % interval of the difference of the two accuracies, for seeds and examples like these. With one seed, for examples
  /// like these alone. `nil` for a single example.
  var interval: Interval? {
    let (seeds, examples) = (Double(seedSums.count), Double(exampleSums.count))
    guard exampleSums.count > 1 else { return nil }
    let total = Double(seedSums.reduce(0, +))
    let correction = total * total / (seeds * examples)
    func squares(_ sums: [Int]) -> Double { Double(sums.reduce(0) { $0 + $1 * $1 }) }
    let ofExamples = squares(exampleSums) / seeds - correction
    let mean = total / (seeds * examples)
    let exampleMean = ofExamples / (examples - 1)
    guard seedSums.count > 1 else {
      let t = StudentT(degreesOfFreedom: examples - 1).quantile(0.975)
      return Interval(estimate: mean, halfWidth: t * (exampleMean / examples).squareRoot())
    }
    let ofSeeds = squares(seedSums) / examples - correction
    let seedMean = ofSeeds / (seeds - 1)
    let residualFreedom = (seeds - 1) * (examples - 1)
    let residualMean = max(0, Double(differing) - correction - ofSeeds - ofExamples) / residualFreedom
    let sum = seedMean + exampleMean - residualMean
    guard sum > 0 else { return Interval(estimate: mean, halfWidth: 0) }
    let freedom =
      sum * sum
      / (seedMean * seedMean / (seeds - 1) + exampleMean * exampleMean / (examples - 1)
        + residualMean * residualMean / residualFreedom)
    let t = StudentT(degreesOfFreedom: freedom).quantile(0.975)
    return Interval(estimate: mean, halfWidth: t * (sum / (seeds * examples)).squareRoot())
  }
}
