import Foundation
import Testing
import Training

@Suite("Best epoch") struct BestEpochTests {
  /// Records of these validation figures, each of a hundred examples.
  private func history(_ figures: [(correct: Int, cost: Double)]) throws -> [EpochRecord] {
    let records = figures.enumerated().map { index, figures in
      let evaluation = #"{"totalCost":\#(100 * figures.cost),"correctCount":\#(figures.correct),"count":100}"#
      return #"{"epoch":\#(index + 1),"validation":\#(evaluation),"test":\#(evaluation),"penalty":0,"#
        + #""evaluationSeconds":0}"#
    }
    return try JSONDecoder().decode([EpochRecord].self, from: Data("[\(records.joined(separator: ","))]".utf8))
  }

  private func best(
    _ figures: [(correct: Int, cost: Double)], by metric: BestMetric, minDelta: Double = 0
  ) throws -> Int? {
    var configuration = TrainingConfiguration(learningRate: 1)
    (configuration.bestBy, configuration.minDelta) = (metric, minDelta)
    return configuration.bestEpoch(of: try history(figures))?.epoch
  }

  @Test("it has the greatest accuracy, the earliest of equals")
  func accuracy() throws {
    #expect(try best([(50, 1), (70, 3), (70, 0.5), (60, 0.1)], by: .accuracy) == 2)
  }

  @Test("by cost it has the least, the earliest of equals")
  func cost() throws {
    #expect(try best([(50, 1), (40, 0.25), (70, 0.25), (80, 0.5)], by: .cost) == 2)
  }

  @Test("a gain that does not exceed the least one makes no epoch the best, however many there are")
  func minDelta() throws {
    #expect(try best([(50, 1), (52, 1), (53, 1)], by: .accuracy, minDelta: 0.05) == 1)
    #expect(try best([(50, 1), (52, 1), (58, 1)], by: .accuracy, minDelta: 0.05) == 3)
    #expect(try best([(50, 1), (50, 0.875), (50, 0.75)], by: .cost, minDelta: 0.125) == 3)
  }

  @Test("before the first epoch there is none")
  func none() throws {
    #expect(try best([], by: .accuracy) == nil)
  }
}
