import Testing
import Training

@testable import Experiments
@testable import NettrainCommands

@Suite("Tuning") struct TuningTests {
  /// The grid of a variant whose validation accuracy is a function of the learning rate.
  private func grid(_ rates: [Double], accuracy: @escaping (Double) -> Double) throws -> RateGrid? {
    let variant = Variant(name: "v", configuration: TrainingConfiguration(learningRate: 1))
    return try Tuning(rates: rates).grids([variant]) { plan, _ in
      var results: [Plan.Run: RunResult] = [:]
      for run in plan.runs {
        results[run] = RunResult(
          isDiverged: false, epochs: [], testAccuracy: 0, testAccuracyAtBest: 0,
          validationAccuracyAtBest: accuracy(plan.configuration(of: run).learningRate), testCosts: [:],
          testCorrect: nil)
      }
      return results
    }?.first
  }

  @Test("a grid is widened until its best rate lies inside")
  func widened() throws {
    let grid = try #require(try grid([1, 2]) { 1 / (1 + ($0 - 4).magnitude) })
    #expect(grid.rates == [1, 2, 4, 8] && grid.best == 4 && !grid.isBestAtEdge)
  }

  @Test("after four widenings the best rate lies at the edge, and every rate has been tried")
  func edge() throws {
    let grid = try #require(try grid([1, 2]) { $0 / 1000 })
    #expect(grid.rates == [1, 2, 4, 8, 16, 32] && grid.isBestAtEdge)
    #expect(grid.scores.allSatisfy { $0 != nil })
  }
}
