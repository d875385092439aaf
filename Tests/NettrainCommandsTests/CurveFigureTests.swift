import Experiments
import Testing

@testable import NettrainCommands

@Suite("Curves of a page") struct CurveFigureTests {
  /// The picture of a curve over some runs with these figures by epoch.
  private func svg(_ runs: [[Double?]]) throws -> String {
    let curve = LearningCurve(runs.map { ($0.map { _ in 1 }, $0) })
    let line = CurveFigure.Line(variant: 0, name: "one", runCount: runs.count, curve: curve)
    return try #require(CurveFigure("Test cost", [line], areShares: false)).svg
  }

  @Test("no two of the first 20 variants have lines of one style, and the others are grey")
  func styles() {
    #expect(CurveFigure.styleCount == 20)
    #expect(Set((0..<20).map(CurveFigure.style)).count == 20)
    #expect(!(0..<20).map(CurveFigure.style).contains("grey"))
    #expect(CurveFigure.style(20) == "grey" && CurveFigure.style(500) == "grey")
  }

  @Test("the values of an epoch tell over how many runs they are, where some had ended")
  func counts() throws {
    let svg = try svg([[4, 3, 2], [2, 1], [3, 2, 1]])
    #expect(svg.contains("Epoch 2\none: 2.000000 ± 1.000000</title>"))
    #expect(svg.contains("Epoch 3\none: 1.500000 ± 0.707107 (2 of 3 runs)</title>"))
  }

  @Test("a band is divided where an epoch has a single run")
  func bands() throws {
    let (whole, divided) = try (
      svg([[4, 3, 2, 1, 2], [2, 1, 3, 2, 1]]), svg([[4, 3, 2, 1, 2], [2, 1, nil, 2, 1]])
    )
    #expect(whole.split(separator: "<polygon").count == 2)
    #expect(divided.split(separator: "<polygon").count == 3)
  }
}
