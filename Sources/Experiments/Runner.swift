import Dispatch
import LinearAlgebra
import SparseInputs
import Synchronization
public import Training

/// Trains the runs of a plan, several at a time.
///
/// A run's numbers do not depend on the number of workers or on the order in which runs end.
public struct Runner: Sendable {
  /// The number of runs at a time.
  public var jobs: Int

  /// The data of a run.
  public var data: @Sendable (Plan.Run) -> TrainingData

  /// The model that the runs start from; `nil` for random weights.
  public var model: Model?

  /// A runner of some workers.
  /// - Parameters:
  ///   - jobs: The number of runs at a time, at least 1.
  ///   - model: The model that the runs start from; `nil` for random weights.
  ///   - data: Gives the data of a run; runs share them as far as they are equal.
  public init(jobs: Int, model: Model? = nil, data: @escaping @Sendable (Plan.Run) -> TrainingData) {
    precondition(jobs > 0, "at least one worker")
    (self.jobs, self.model, self.data) = (jobs, model, data)
  }

  /// Trains runs until all have ended, or until they are told to stop.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - runs: The runs of the plan that are trained, in this order.
  ///   - shouldContinue: Is called before each mini-batch; false stops the run, which then has no result.
  ///   - report: Receives the end and the records of each run as it ends, one at a time.
  public func train(
    _ plan: Plan, _ runs: [Plan.Run], shouldContinue: @escaping @Sendable () -> Bool = { true },
    report: @escaping @Sendable (Plan.Run, RunSummary, [EpochRecord]) -> Void
  ) {
    let next = Mutex(0)
    let reporting = Mutex(())
    let group = DispatchGroup()
    for worker in 0..<min(jobs, runs.count) {
      // A queue of its own has a thread of its own, even where there are more workers than processors.
      DispatchQueue(label: "worker \(worker)").async(group: group) {
        while shouldContinue() {
          let index = next.withLock { next in
            defer { next += 1 }
            return next
          }
          guard index < runs.count else { return }
          let run = runs[index]
          guard let (summary, history) = train(plan.configuration(of: run), data(run), shouldContinue) else { return }
          reporting.withLock { _ in report(run, summary, history) }
        }
      }
    }
    group.wait()
  }

  /// Trains a run; `nil` if it was stopped.
  private func train(
    _ configuration: TrainingConfiguration, _ data: TrainingData, _ shouldContinue: () -> Bool
  ) -> (RunSummary, [EpochRecord])? {
    switch configuration.precision {
    case .double: train(Double.self, configuration, data, shouldContinue)
    case .single: train(Float.self, configuration, data, shouldContinue)
    }
  }

  private func train<Scalar: SparseScalar>(
    _: Scalar.Type, _ configuration: TrainingConfiguration, _ data: TrainingData, _ shouldContinue: () -> Bool
  ) -> (RunSummary, [EpochRecord])? {
    guard var trainer = try? Trainer<Scalar>(configuration, data, network: model?.network(Scalar.self)),
      let summary = try? trainer.train(shouldContinue: { _ in shouldContinue() }), summary.status != .interrupted
    else { return nil }
    return (summary, trainer.state.history)
  }
}
