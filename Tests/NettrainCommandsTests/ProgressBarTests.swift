import Testing

@testable import NettrainCommands

@Suite("Progress bar") struct ProgressBarTests {
  @Test("the time left follows from the work of this process, also of a run that is resumed")
  func timeLeft() {
    #expect(ProgressBar.secondsLeft(after: 3, done: 0.75, doneBefore: 0) == 1)
    #expect(ProgressBar.secondsLeft(after: 3, done: 0.75, doneBefore: 0.5) == 3)
  }

  @Test("there is no estimate before a hundredth of the work is done")
  func tooEarly() {
    #expect(ProgressBar.secondsLeft(after: 1, done: 0.5, doneBefore: 0.5) == nil)
    #expect(ProgressBar.secondsLeft(after: 1, done: 0.504, doneBefore: 0.5) == nil)
    #expect(ProgressBar.secondsLeft(after: 1, done: 0.506, doneBefore: 0.5) != nil)
  }
}
