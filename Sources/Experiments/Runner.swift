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

  /// An event of a run.
  public enum Event: Sendable {
    /// The run begins.
    case began
    /// An epoch has ended, with this record.
    case epoch(EpochRecord)
    /// The run has ended, with the records of its epochs.
    case ended(RunSummary, [EpochRecord])
  }

  /// Trains runs until all have ended, or until they are told to stop.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - runs: The runs of the plan that are trained, in this order.
  ///   - shouldContinue: Is called before each mini-batch; false stops the run, which then has no result.
  ///   - report: Receives what happens in each run, one event at a time.
  public func train(
    _ plan: Plan, _ runs: [Plan.Run], shouldContinue: @escaping @Sendable () -> Bool = { true },
    report: @escaping @Sendable (Plan.Run, Event) -> Void
  ) {
    let next = Mutex(0)
    let reporting = Mutex(())
    callOnThreads(min(jobs, runs.count)) {
      while shouldContinue() {
        let index = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard index < runs.count else { return }
        let run = runs[index]
        train(plan.configuration(of: run), data(run), shouldContinue) { event in
          reporting.withLock { _ in report(run, event) }
        }
      }
    }
  }

  private func train(
    _ configuration: TrainingConfiguration, _ data: TrainingData, _ shouldContinue: () -> Bool, report: (Event) -> Void
  ) {
    switch configuration.precision {
    case .double: train(Double.self, configuration, data, shouldContinue, report: report)
    case .single: train(Float.self, configuration, data, shouldContinue, report: report)
    }
  }

  private func train<Scalar: SparseScalar>(
    _: Scalar.Type, _ configuration: TrainingConfiguration, _ data: TrainingData, _ shouldContinue: () -> Bool,
    report: (Event) -> Void
  ) {
    report(.began)
    guard var trainer = try? Trainer<Scalar>(configuration, data, network: model?.network(Scalar.self)),
      let summary = try? trainer.train(
        report: { record, _ in report(.epoch(record)) }, shouldContinue: { _ in shouldContinue() }),
      summary.status != .interrupted
    else { return }
    report(.ended(summary, trainer.state.history))
  }
}
