import NeuralNetwork
import Testing
import Training

@testable import Experiments

/// The result of a run whose last network gets these of ten test images right.
func result(
  _ right: [Int]?, validation: Double = 0.5, epochs: [(seconds: Double, accuracy: Double)] = []
) -> RunResult {
  var bits = CorrectBits(count: 10)
  for index in right ?? [] { bits[index] = true }
  return RunResult(
    isDiverged: right == nil,
    epochs: epochs.map { RunResult.Epoch(seconds: $0.seconds, testAccuracy: $0.accuracy, saturatedShare: nil) },
    testAccuracy: right.map { Double($0.count) / 10 }, testAccuracyAtBest: right.map { Double($0.count) / 10 },
    validationAccuracyAtBest: right == nil ? nil : validation, testCosts: [:], testCorrect: right == nil ? nil : bits)
}

/// A plan of some variants without differences in their choices.
func plan(variants: Int, seeds: Int) -> Plan {
  Plan(
    variants: (0..<variants).map { Variant(name: "v\($0)", configuration: TrainingConfiguration(learningRate: 1)) },
    seeds: (0..<UInt64(seeds)).map { $0 })
}

/// Results by variant and seed.
func results(_ table: [[RunResult?]]) -> [Plan.Run: RunResult] {
  var results: [Plan.Run: RunResult] = [:]
  for (variant, row) in table.enumerated() {
    for (seed, result) in row.enumerated() { results[Plan.Run(variant: variant, seed: seed)] = result }
  }
  return results
}

@Suite("Comparisons") struct ComparisonTests {
  @Test("the reference is the variant of greatest mean validation accuracy, the first of equals, unless one is named")
  func reference() {
    let table = [
      [result([0], validation: 0.7)], [result([0], validation: 0.9)], [result([0], validation: 0.9)], [result(nil)],
    ]
    let plan = plan(variants: 4, seeds: 1)
    #expect(Comparison(plan, results(table)).reference == 1)
    #expect(Comparison(plan, results(table), reference: 2).reference == 2)
    #expect(Comparison(plan, results([[result(nil)], [result(nil)]])).reference == 0)
  }

  @Test("a difference is the mean over seeds of the differences of pairs, with the interval of the paired t test")
  func difference() throws {
    // 0.1, 0.3 and 0.2 above the reference.
    let table = [
      [result([0, 1]), result([0]), result([0])], [result([0, 1, 2]), result([0, 1, 2, 3]), result([0, 1, 2])],
    ]
    let row = Comparison(plan(variants: 2, seeds: 3), results(table), reference: 0).rows[1]
    let difference = try #require(row.difference)
    #expect(abs(difference.estimate - 0.2) < 1e-12)
    // t = 4.302653 with two degrees of freedom, s = 0.1.
    #expect(abs(difference.halfWidth - 4.302652729749464 * 0.1 / 3.0.squareRoot()) < 1e-12)
    #expect(row.onlyRight?.variant == 6 && row.onlyRight?.reference == 0)
    #expect(try #require(row.generalDifference).halfWidth >= difference.halfWidth)
    #expect(row.mcNemarP == nil)
  }

  @Test("a run that diverged is counted, and the seed is left out of the difference")
  func divergence() {
    let table = [[result([0]), result([0])], [result([0, 1]), result(nil)]]
    let row = Comparison(plan(variants: 2, seeds: 2), results(table), reference: 0).rows[1]
    #expect(row.runCount == 2 && row.divergedCount == 1)
    #expect(row.testAccuracy?.values == [0.2] && row.differences?.values == [0.1])
    #expect(row.verdict == .tooFewSeeds)
  }

  @Test("equal variants differ by 0, and no difference is found")
  func equal() throws {
    let row = [result([0, 1]), result([2]), result([])]
    let other = Comparison(plan(variants: 2, seeds: 3), results([row, row]), reference: 0).rows[1]
    #expect(other.difference == Interval(estimate: 0, halfWidth: 0) && other.p == 1 && other.correctedP == 1)
    #expect(other.generalDifference == Interval(estimate: 0, halfWidth: 0))
    #expect(other.verdict == .noDifferenceFound && other.seedsNeeded(for: 0.1) == nil)
  }

  @Test("a verdict follows from the corrected p, which depends on the number of variants")
  func verdict() throws {
    // Differences of 0.1, 0.2 and 0.3 have p = 0.074; those of 0.3, 0.3 and 0.4 have p = 0.0099.
    func row(_ counts: [Int]) -> [RunResult?] { counts.map { result(Array(0..<$0)) } }
    let table = [row([1, 1, 1]), row([4, 4, 5]), row([2, 3, 4]), row([1, 1, 1])]
    let few = Comparison(plan(variants: 3, seeds: 3), results(Array(table.prefix(3))), reference: 0)
    #expect(few.rows.map(\.verdict) == [.reference, .better, .noDifferenceFound])
    #expect(abs(try #require(few.rows[1].correctedP) - 2 * 0.009852) < 1e-5)
    let inverse = Comparison(plan(variants: 2, seeds: 3), results(Array(table.prefix(2))), reference: 1)
    #expect(inverse.rows[0].verdict == .worse)
    let many = Comparison(
      plan(variants: 8, seeds: 3), results(table + table.dropFirst(2) + table.dropFirst(2)), reference: 0)
    #expect(many.rows[1].verdict == .noDifferenceFound, "seven tests")
  }

  @Test("with one seed there is McNemar's test alone, and no verdict")
  func oneSeed() throws {
    let table = [[result([0, 1, 2, 3, 4, 5])], [result([0])]]
    let row = Comparison(plan(variants: 2, seeds: 1), results(table), reference: 0).rows[1]
    #expect(row.verdict == .tooFewSeeds && row.difference == nil && row.p == nil)
    #expect(abs(try #require(row.mcNemarP) - 2.0 / 32) < 1e-15, "5 of 5 images")
    #expect(row.generalDifference != nil, "over images")
  }

  @Test("the seeds needed for a difference are the fewest whose interval is that narrow")
  func seedsNeeded() throws {
    let table = [
      [result([0]), result([0]), result([0])], [result([0, 1]), result([0, 1, 2]), result([0, 1, 2, 3])],
    ]
    let row = Comparison(plan(variants: 2, seeds: 3), results(table), reference: 0).rows[1]
    let needed = try #require(row.seedsNeeded(for: 0.05))
    func halfWidth(_ seeds: Int) -> Double {
      StudentT(degreesOfFreedom: Double(seeds - 1)).quantile(0.975) * 0.1 / Double(seeds).squareRoot()
    }
    #expect(halfWidth(needed) <= 0.05 && halfWidth(needed - 1) > 0.05)
  }

  @Test("epochs and seconds to a target are means, and there are none unless every run reaches it")
  func target() throws {
    let fast = result([0], epochs: [(1, 0.5), (2, 0.9), (4, 0.95)])
    let slow = result([0], epochs: [(1, 0.5), (2, 0.6), (4, 0.9)])
    let table = [[fast, slow], [fast, result(nil, epochs: [(1, 0.1)])]]
    let rows = Comparison(plan(variants: 2, seeds: 2), results(table), target: 0.9).rows
    #expect(rows[0].toTarget?.epochs == 2.5 && rows[0].toTarget?.seconds == 5)
    #expect(rows[1].toTarget == nil)
  }
}
