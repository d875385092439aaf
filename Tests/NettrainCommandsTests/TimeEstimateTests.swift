import Experiments
import Testing

@testable import NettrainCommands

@Suite("Time estimate of a comparison") struct TimeEstimateTests {
  private let start = ContinuousClock.now
  private let slow = Plan.Run(variant: 0, seed: 0)
  private let fast = Plan.Run(variant: 1, seed: 0)
  private let later = Plan.Run(variant: 0, seed: 1)

  @Test("each variant's epochs are taken to last as long as those measured, shared among the workers")
  func measuredEpochs() {
    var estimate = TimeEstimate(jobs: 2, epochs: [(slow, 10), (fast, 10), (later, 10)])
    #expect(estimate.secondsLeft == nil)
    estimate.begin(slow, at: start)
    estimate.begin(fast, at: start)
    estimate.endEpoch(of: slow, at: start + .seconds(4))
    // 9, 10 and 10 epochs of four seconds each, as nothing else is known, for two workers.
    #expect(estimate.secondsLeft == 58)
    estimate.endEpoch(of: fast, at: start + .seconds(1))
    estimate.endEpoch(of: fast, at: start + .seconds(2))
    // 9 and 10 epochs of four seconds, and 8 of one.
    #expect(estimate.secondsLeft == 42)
  }

  @Test("a run that ends before its last epoch has no time left")
  func earlyEnd() {
    var estimate = TimeEstimate(jobs: 2, epochs: [(slow, 10), (later, 10)])
    estimate.begin(slow, at: start)
    estimate.endEpoch(of: slow, at: start + .seconds(4))
    estimate.end(slow)
    #expect(estimate.secondsLeft == 40, "one run is left, which two workers cannot share")
    estimate.end(later)
    #expect(estimate.secondsLeft == 0)
  }
}
