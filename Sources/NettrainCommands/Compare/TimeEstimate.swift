import Experiments
import Training

/// The time that the runs of a comparison still take, from the epochs that were measured: those of the same variant, or of all
/// where it has none yet.
struct TimeEstimate {
  private let jobs: Int
  /// The epochs left of each run that has not ended.
  private var epochsLeft: [Plan.Run: Int]
  /// When the present epoch of a run began.
  private var starts: [Plan.Run: ContinuousClock.Instant] = [:]
  private var measured: [Int: Mean] = [:]
  private var measuredOfAll = Mean()

  /// The mean time of some epochs.
  private struct Mean {
    var seconds = 0.0
    var epochs = 0
    var value: Double? { epochs > 0 ? seconds / Double(epochs) : nil }

    mutating func add(_ seconds: Double) {
      self.seconds += seconds
      epochs += 1
    }
  }

  /// The estimate before the first epoch.
  /// - Parameters:
  ///   - jobs: The number of runs at a time.
  ///   - epochs: The runs, each once, with their epochs.
  init(jobs: Int, epochs: [(run: Plan.Run, epochs: Int)]) {
    self.jobs = jobs
    epochsLeft = Dictionary(uniqueKeysWithValues: epochs.map { ($0.run, $0.epochs) })
  }

  /// A run begins.
  mutating func begin(_ run: Plan.Run, at time: ContinuousClock.Instant) { starts[run] = time }

  /// An epoch of a run ends.
  mutating func endEpoch(of run: Plan.Run, at time: ContinuousClock.Instant) {
    guard let start = starts.updateValue(time, forKey: run) else { return }
    epochsLeft[run, default: 1] -= 1
    let seconds = start.seconds(until: time)
    measured[run.variant, default: Mean()].add(seconds)
    measuredOfAll.add(seconds)
  }

  /// A run ends, perhaps before its last epoch.
  mutating func end(_ run: Plan.Run) {
    starts[run] = nil
    epochsLeft[run] = nil
  }

  /// The time left, in seconds; `nil` until an epoch was measured. At the end it is that of the longest run.
  var secondsLeft: Double? {
    guard let meanOfAll = measuredOfAll.value else { return nil }
    let left = epochsLeft.map { run, epochs in Double(epochs) * (measured[run.variant]?.value ?? meanOfAll) }
    return max(left.reduce(0, +) / Double(jobs), left.max() ?? 0)
  }
}
