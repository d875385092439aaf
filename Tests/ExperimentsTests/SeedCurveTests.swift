import Testing
import Training

@testable import Experiments

@Suite("Curves over seeds") struct SeedCurveTests {
  /// A run with these test accuracies by epoch.
  private func run(_ accuracies: [Double?], isDiverged: Bool = false) -> RunResult {
    RunResult(
      isDiverged: isDiverged,
      epochs: accuracies.map { RunResult.Epoch(seconds: 1, testAccuracy: $0, testCost: $0.map { 1 - $0 }) },
      testAccuracy: accuracies.last ?? nil, testAccuracyAtBest: nil, validationAccuracyAtBest: nil, testCosts: [:],
      testCorrect: nil)
  }

  @Test("a point is the mean over seeds, with the standard deviation of a sample")
  func points() {
    let runs = [run([0.25, 0.5]), run([0.5, 0.5]), run([0.75, 0.5])]
    let expected = [
      SeedCurve.Point(epoch: 1, mean: 0.5, deviation: 0.25), SeedCurve.Point(epoch: 2, mean: 0.5, deviation: 0),
    ]
    #expect(SeedCurve(runs, \.testAccuracy).points == expected)
    #expect(SeedCurve(runs, \.testCost).points.map(\.mean) == [0.5, 0.5])
  }

  @Test("a single run has no deviation")
  func single() {
    #expect(SeedCurve([run([0.25])], \.testAccuracy).points == [.init(epoch: 1, mean: 0.25, deviation: nil)])
  }

  @Test("runs that diverged are left out, and without others there is no point")
  func diverged() {
    let diverged = run([0.1], isDiverged: true)
    #expect(SeedCurve([run([0.5, 0.75]), diverged], \.testAccuracy).points.map(\.mean) == [0.5, 0.75])
    #expect(SeedCurve([diverged], \.testAccuracy).points.isEmpty)
    #expect(SeedCurve([], \.testAccuracy).points.isEmpty)
  }

  @Test("epochs that a run did not reach or evaluate have no point, nor have figures that are not finite")
  func missing() {
    let runs = [run([nil, 0.5, nil, 0.5]), run([nil, 0.75, 0.5])]
    #expect(SeedCurve(runs, \.testAccuracy).points.map(\.epoch) == [2])
    #expect(SeedCurve([run([0.5, .infinity, .nan])], \.testAccuracy).points.map(\.epoch) == [1])
    let great = [run([1e300, .greatestFiniteMagnitude]), run([2e300, .greatestFiniteMagnitude])]
    #expect(SeedCurve(great, \.testAccuracy).points == [.init(epoch: 1, mean: 1.5e300, deviation: nil)])
  }
}
