import Testing

@testable import NettrainCommands

@Suite("Scales of curves") struct CurveScaleTests {
  @Test("marks are round numbers between the ends, and the ends hold all numbers with some room")
  func marks() {
    let scale = CurveScale([81.3, 92.2], count: 5, limits: 0...100)
    #expect(scale.ticks.map(scale.label) == ["85", "90"])
    #expect(scale.low < 81.3 && scale.low > 80 && scale.high > 92.2 && scale.high < 93)
    #expect(scale.place(scale.low) == 0 && scale.place(scale.high) == 1)
    let small = CurveScale([0.065, 0.13], count: 5, limits: 0...Double.infinity)
    #expect(small.ticks.map(small.label) == ["0.08", "0.10", "0.12"])
  }

  @Test("numbers below the normal ones have a scale")
  func tiny() {
    let scale = CurveScale([0, .leastNonzeroMagnitude], count: 5, limits: 0...Double.infinity)
    #expect(scale.high > scale.low && (0...1).contains(scale.place(.leastNonzeroMagnitude)))
  }

  @Test("an axis ends at its limits")
  func limits() {
    let scale = CurveScale([0, 100], count: 5, limits: 0...100)
    #expect(scale.low == 0 && scale.high == 100)
    #expect(scale.ticks.map(scale.label) == ["0", "20", "40", "60", "80", "100"])
  }

  @Test("epochs have whole numbers, and a single one lies in the middle")
  func epochs() {
    let scale = CurveScale([1, 3], count: 5, limits: 1...Double.infinity, isWhole: true)
    #expect(scale.ticks == [1, 2, 3] && scale.low == 1 && scale.high == 3)
    let single = CurveScale([1], count: 5, limits: 1...Double.infinity, isWhole: true)
    #expect(single.place(1) == 0.5 && single.ticks == [1])
  }

  @Test(
    "numbers of any size have a scale",
    arguments: [[0, 0], [1e-300, 2e-300], [-1.7e308, 1.7e308], [1e300], [5], [1e15, 1e15 + 1]] as [[Double]])
  func extremes(numbers: [Double]) {
    let scale = CurveScale(numbers, count: 5, limits: -Double.infinity...Double.infinity)
    #expect(scale.low < scale.high && scale.low.isFinite && scale.high.isFinite && scale.ticks.count < 13)
    #expect(numbers.allSatisfy { scale.place($0).isFinite })
  }
}
