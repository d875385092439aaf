import Datasets
import Experiments
import FoundationEssentials
import Synchronization
import Training

/// The training of a comparison's runs, with its progress and its logs.
struct ComparisonSession {
  let variants: [SettledVariant]
  let folder: DataFolder
  let model: InitialModel?
  let usesBundledDigits: Bool
  let jobs: Int
  let isQuiet: Bool

  /// Trains the runs of a plan that have no log yet, as far as no signal stops them.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - indices: For each variant of the plan, the one of `variants` whose data it has.
  ///   - logs: The folder for the logs of the runs, if they are kept.
  ///   - purpose: What the runs are for, as the progress shows it; empty for those of the table.
  /// - Returns: The results of the runs that have ended.
  /// - Throws: A failure, if a log cannot be written; then the runs stop.
  func train(
    _ plan: Plan, _ indices: [Int], in logs: LogFolder?, purpose: String = ""
  ) throws -> [Plan.Run: RunResult] {
    let sha256 = folder.sha256 ?? [:]
    var former: [Plan.Run: RunResult] = [:]
    for run in plan.runs where StopSignal.received == nil {
      former[run] = logs?.run(of: plan.configuration(of: run), on: sha256)?.result
    }
    let missing = plan.runs.filter { former[$0] == nil }
    let results = Mutex(former)
    let fault = Mutex<(any Error)?>(nil)
    let progress = Mutex(
      CompareProgress(of: missing, in: plan, jobs: jobs, purpose: purpose, isShown: !isQuiet))
    let runner = Runner(jobs: jobs, model: model?.model) { run in
      variants[indices[run.variant]].data(seed: plan.seeds[run.seed], in: folder)
    }
    runner.train(plan, missing) {
      StopSignal.received == nil && fault.withLock { $0 == nil }
    } report: { run, event in
      if case .ended(let summary, let history) = event {
        do {
          try logs?.write(
            Run(
              configuration: plan.configuration(of: run), data: runner.data(run), dataFiles: folder.files,
              usesBundledDigits: usesBundledDigits, initialModel: model),
            summary, history)
        } catch {
          return fault.withLock { $0 = error }
        }
        results.withLock { $0[run] = RunResult(summary, history: history) }
      }
      progress.withLock { $0.add(run, event) }
    }
    progress.withLock { $0.clear() }
    if let error = fault.withLock({ $0 }) { throw error }
    return results.withLock { $0 }
  }
}
