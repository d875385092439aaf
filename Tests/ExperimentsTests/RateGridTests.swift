import Testing

@testable import Experiments

@Suite("Grids of learning rates") struct RateGridTests {
  private func grid(_ scores: [Double: Double?]) -> RateGrid {
    var grid = RateGrid(Array(scores.keys))
    for (rate, score) in scores {
      grid.record([score.map { result([0], validation: $0) } ?? result(nil)], at: rate)
    }
    return grid
  }

  @Test("the grid around a rate has two digits")
  func around() {
    #expect(RateGrid.around(0.1).rates == [0.01, 0.03, 0.1, 0.3, 1])
    #expect(RateGrid.around(3).rates == [0.3, 0.9, 3, 9, 30])
  }

  @Test("the best rate has the greatest accuracy, of equals the lowest, and none with which a run diverged")
  func best() {
    #expect(grid([0.1: 0.5, 0.3: 0.7, 1: 0.7, 3: nil]).best == 0.3)
    #expect(grid([0.1: nil, 0.3: nil]).best == nil)
    var grid = RateGrid([1, 2])
    grid.record([result([0], validation: 0.9), result(nil)], at: 1)
    grid.record([result([0], validation: 0.1), result([0], validation: 0.1)], at: 2)
    #expect(grid.best == 2)
  }

  @Test("no rate is 0 or infinite, however low or high the others are")
  func extremeRates() {
    #expect(RateGrid.around(1e308).rates == [1e307, 3e307, 1e308])
    #expect(RateGrid.around(.leastNonzeroMagnitude).rates == [])
    var (low, high) = (grid([1e-300: 0.9, 1: 0.5]), grid([1: 0.5, 1e300: 0.9]))
    #expect(low.widen() == nil && low.rates == [1e-300, 1] && high.widen() == nil && high.rates == [1, 1e300])
  }

  @Test("a grid is widened at the edge where its best rate lies, at the same ratio, and only there")
  func widening() {
    var (low, high, middle) = (
      grid([0.1: 0.9, 0.3: 0.7, 1: 0.5]), grid([0.1: 0.5, 0.3: 0.7, 1: 0.9]), grid([0.1: 0.5, 0.3: 0.9, 1: 0.5])
    )
    #expect(low.isBestAtEdge && low.widen() == 0.033 && low.rates == [0.033, 0.1, 0.3, 1])
    #expect(high.isBestAtEdge && high.widen() == 3.3 && high.rates == [0.1, 0.3, 1, 3.3])
    #expect(!middle.isBestAtEdge && middle.widen() == nil)
    #expect(high.best == 1, "a rate that has not been tried is not the best")
  }
}
