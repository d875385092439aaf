import Datasets
import Foundation
import NeuralNetwork
import Synchronization
import Testing
import Training

@testable import Experiments

@Suite("Runner") struct RunnerTests {
  /// Examples of two pixels; the brighter one determines the class.
  private func examples(_ count: Int) -> Examples {
    let first = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
    return Examples(
      of: Dataset(
        pixels: first.flatMap { [$0, 255 - $0] }, rows: 1, columns: 2, labels: first.map { $0 > 127 ? 0 : 1 }))
  }

  private func results(jobs: Int, stopAfter limit: Int = .max) -> [Plan.Run: RunResult] {
    let data = TrainingData(training: examples(40), validation: examples(20), test: examples(30), classCount: 2)
    var variants = [1.0, 3.0].map { rate in
      var configuration = TrainingConfiguration(learningRate: rate)
      (configuration.hidden, configuration.epochs, configuration.limit) = ([3], 4, 40)
      return Variant(name: "\(rate)", configuration: configuration)
    }
    variants[1].configuration.precision = .single
    let plan = Plan(variants: variants, seeds: [3, 4, 7])
    let results = Mutex<[Plan.Run: RunResult]>([:])
    Runner(jobs: jobs) { _ in data }.train(plan, plan.runs) {
      results.withLock { $0.count < limit }
    } report: { run, event in
      guard case .ended(let summary, let history) = event else { return }
      var result = RunResult(summary, history: history)
      for index in result.epochs.indices { result.epochs[index].seconds = 0 }
      results.withLock { $0[run] = result }
    }
    return results.withLock { $0 }
  }

  @Test("the results do not depend on the number of workers")
  func workers() {
    let one = results(jobs: 1)
    #expect(one.count == 6)
    #expect(one == results(jobs: 2) && one == results(jobs: 4) && one == results(jobs: 16))
    #expect(Set(one.values.map(\.testCosts)).count > 1, "runs differ")
  }

  @Test("runs that are stopped have no result, and those that have ended keep theirs")
  func stopped() {
    let all = results(jobs: 1)
    let some = results(jobs: 1, stopAfter: 2)
    #expect(some.count == 2)
    #expect(some.allSatisfy { all[$0.key] == $0.value })
  }
}
