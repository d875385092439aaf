import Testing

@testable import Training

@Suite("Elapsed time") struct ElapsedTimeTests {
  @Test("a time is in seconds, and never negative if the clock has gone back")
  func seconds() {
    let start = ContinuousClock.now
    #expect(start.seconds(until: start + .milliseconds(1500)) == 1.5)
    #expect(start.seconds(until: start - .seconds(3600)) == 0)
    #expect(start.seconds() >= 0)
  }
}
