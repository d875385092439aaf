import Experiments
import Glibc
import Training

/// The progress of a comparison on standard error: on a terminal a line that overwrites itself, with the runs under way,
/// and elsewhere a line for each run that has ended.
struct CompareProgress {
  private let plan: Plan
  private let purpose: String
  private let isShown: Bool
  private let isOnTerminal = isatty(STDERR_FILENO) == 1
  private var estimate: TimeEstimate
  private let runCount: Int
  private var done = 0
  /// The epochs done of the runs under way, the oldest run first.
  private var running: [(run: Plan.Run, epochs: Int)] = []
  private var lastDrawn: ContinuousClock.Instant?

  /// The progress of some runs of a plan, several at a time.
  /// - Parameters:
  ///   - runs: The runs that are trained.
  ///   - plan: The plan.
  ///   - jobs: The number of runs at a time.
  ///   - purpose: What the runs are for, such as " to choose rates"; empty for those of the table.
  ///   - isShown: Whether anything is written.
  init(of runs: [Plan.Run], in plan: Plan, jobs: Int, purpose: String, isShown: Bool) {
    (self.plan, self.purpose, self.isShown, runCount) = (plan, purpose, isShown, runs.count)
    estimate = TimeEstimate(jobs: jobs, epochs: runs.map { ($0, plan.configuration(of: $0).epochs) })
  }

  /// Tells what happens in a run.
  mutating func add(_ run: Plan.Run, _ event: Runner.Event) {
    guard isShown else { return }
    let now = ContinuousClock.now
    switch event {
    case .began:
      estimate.begin(run, at: now)
      running.append((run, 0))
    case .epoch:
      estimate.endEpoch(of: run, at: now)
      for index in running.indices where running[index].run == run { running[index].epochs += 1 }
    case .ended(let summary, let history):
      estimate.end(run)
      running.removeAll { $0.run == run }
      done += 1
      if !isOnTerminal { writeLine(run, RunResult(summary, history: history)) }
    }
    if isOnTerminal { draw(at: now) }
  }

  private func writeLine(_ run: Plan.Run, _ result: RunResult) {
    let choices = plan.configuration(of: run)
    let outcome = result.testAccuracy.map { "test \(Formatting.percentage($0))" } ?? "diverged"
    LineWriter.writeToStandardError(
      "nettrain: \(done) of \(runCount)\(purpose): \(plan.variants[run.variant].name), rate "
        + "\(Formatting.plain(choices.learningRate)), seed \(choices.seed): \(outcome)")
  }

  /// Draws the line, ten times a second at most.
  private mutating func draw(at now: ContinuousClock.Instant) {
    if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
    lastDrawn = now
    let left = estimate.secondsLeft.map { ", \(Formatting.duration(seconds: $0)) left" } ?? ""
    let names = running.map { run, epochs in
      "\(plan.variants[run.variant].name) seed \(plan.seeds[run.seed]) \(epochs)/\(plan.configuration(of: run).epochs)"
    }
    let line =
      "\(done) of \(runCount) runs\(purpose)\(left); \(running.count) running: \(names.joined(separator: ", "))"
    let width = Terminal.width(of: STDERR_FILENO) ?? 80
    LineWriter.drawOnStandardError("\r\(line.shown.prefix(width - 1))\u{1B}[K")
  }

  /// Erases the line.
  func clear() {
    if isOnTerminal && isShown { LineWriter.drawOnStandardError("\r\u{1B}[K") }
  }
}
