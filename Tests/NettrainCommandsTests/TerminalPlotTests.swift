import Testing

@testable import NettrainCommands

@Suite("Plots in the terminal") struct TerminalPlotTests {
  private func plot(_ curves: [TerminalPlot.Curve], width: Int = 14) -> TerminalPlot {
    TerminalPlot(
      curves: curves, x: .init(range: 0...10, ticks: [(0, "0"), (10, "10")]),
      y: .init(range: 0...2, ticks: [(0, "0"), (2, "2")]), width: width, rows: 3)
  }

  @Test("curves are straight between their points, and cells of several have a star")
  func curves() {
    #expect(
      plot([("a", [(0, 0), (10, 2)]), ("b", [(5, 1), (10, 1)])]).lines == [
        " 2 |       aaa",
        "   |   aa**bbb",
        " 0 |aaa",
        "   +---------+",
        "    0       10",
      ])
  }

  @Test("a curve has columns from its first point to its last; a single point has one")
  func ends() {
    #expect(plot([("a", [(5, 2)])]).lines[0] == " 2 |     a")
    #expect(plot([("a", [(2, 0), (4, 0)])]).lines[2] == " 0 |  aaa")
  }

  @Test("what lies outside the axes is not drawn, and labels do not run into one another")
  func limits() {
    #expect(plot([("a", [(0, 5), (10, 5)])]).lines.prefix(3) == [" 2 |", "   |", " 0 |"])
    let crowded = TerminalPlot(
      curves: [], x: .init(range: 0...10, ticks: (0...10).map { (Double($0), "\($0 * 100)") }), y: plot([]).y,
      width: 14,
      rows: 3)
    #expect(crowded.lines.last == "    0 300 800")
    #expect(crowded.lines.allSatisfy { $0.count <= 14 })
  }
}

@Suite("Ticks of axes") struct AxisTicksTests {
  private func labels(_ ticks: [AxisTicks.Tick]) -> [String] { ticks.map(\.label) }

  @Test("linear ticks are multiples of 1, 2 or 5 times a power of ten, with the decimals of their step")
  func linear() {
    #expect(labels(AxisTicks.linear(in: 0...1, count: 5)) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(AxisTicks.linear(in: 1...30, count: 6)) == ["5", "10", "15", "20", "25", "30"])
    #expect(labels(AxisTicks.linear(in: 0.91...0.934, count: 6)) == ["0.910", "0.915", "0.920", "0.925", "0.930"])
    #expect(labels(AxisTicks.linear(in: 0...9, count: 1)) == ["0"])
    #expect(labels(AxisTicks.linear(in: 0...3e-7, count: 3)) == ["0", "1.0e-7", "2.0e-7", "3.0e-7"])
  }

  @Test("epochs have whole numbers")
  func whole() { #expect(labels(AxisTicks.linear(in: 1...3, count: 10, least: 1)) == ["1", "2", "3"]) }

  @Test("logarithmic ticks are 1, 2 and 5 in each decade, powers of ten over many, and round numbers within one")
  func logarithmic() {
    #expect(labels(AxisTicks.logarithmic(in: 0.05...1, count: 8)) == ["0.05", "0.1", "0.2", "0.5", "1"])
    #expect(
      labels(AxisTicks.logarithmic(in: 0.001...1000, count: 8)) == ["0.001", "0.01", "0.1", "1", "10", "100", "1000"])
    #expect(labels(AxisTicks.logarithmic(in: 60...95, count: 8)) == ["60", "65", "70", "75", "80", "85", "90", "95"])
    #expect(AxisTicks.logarithmic(in: 1e-300...1, count: 6).count <= 7)
  }
}
