import Experiments
import Glibc
import Training

/// The progress of a comparison on standard error: a line that overwrites itself on a terminal, and elsewhere a line for each
/// run.
struct CompareProgress {
  private let runs: Int
  private let isQuiet: Bool
  private let isOnTerminal = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private var done = 0

  init(runs: Int, isQuiet: Bool) {
    (self.runs, self.isQuiet) = (runs, isQuiet)
  }

  /// Tells of a run that has ended.
  mutating func add(_ variant: String, _ choices: TrainingConfiguration, _ result: RunResult) {
    done += 1
    guard !isQuiet else { return }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let outcome = result.testAccuracy.map { "test \(Formatting.percentage($0))" } ?? "diverged"
    if isOnTerminal {
      let left = Formatting.duration(seconds: elapsed / Double(done) * Double(runs - done))
      LineWriter.drawOnStandardError("\r\(done) of \(runs) runs, \(left) left\u{1B}[K")
    } else {
      LineWriter.writeToStandardError(
        "nettrain: \(done) of \(runs): \(variant), rate \(Formatting.plain(choices.learningRate)), seed \(choices.seed): "
          + outcome)
    }
  }

  /// Erases the line.
  func clear() {
    if isOnTerminal && !isQuiet { LineWriter.drawOnStandardError("\r\u{1B}[K") }
  }
}
