import Testing
import Training

@testable import Experiments

@Suite("Comparisons of logs") struct LoggedComparisonTests {
  private func comparison(_ texts: [String]) throws -> LoggedComparison? {
    LoggedVariants(try texts.enumerated().map { ("log\($0)", try read($1)) }).flatMap { LoggedComparison($0) }
  }

  @Test("runs are sorted into variants and seeds; a name has the choices that differ")
  func variants() throws {
    let comparison = try #require(
      try comparison([
        log(seed: 5), log(seed: 3), log(seed: 3, right: [1], learningRate: 0.5), log(seed: 5, learningRate: 0.5),
      ]))
    #expect(comparison.plan.seeds == [3, 5])
    #expect(
      comparison.plan.variants.map(\.name) == [
        "softmax cross-entropy, learning-rate 1", "softmax cross-entropy, learning-rate 0.5",
      ])
    #expect(comparison.results[Plan.Run(variant: 1, seed: 0)]?.testAccuracy == 0.1)
    #expect(comparison.notes == [] && !comparison.isIncomplete)
  }

  @Test("variants of a plan have its names and order, and runs of it without a log are counted")
  func plans() throws {
    func variant(_ name: String, _ learningRate: Double) -> Variant {
      var configuration = TrainingConfiguration(learningRate: learningRate)
      configuration.epochs = 2
      return Variant(name: name, varied: ["learning_rate": name], configuration: configuration)
    }
    let plan = Plan(variants: [variant("slow", 0.5), variant("fast", 1)], seeds: [0, 1])
    func compared(_ runs: some Sequence<LoggedRun>, _ plan: Plan) -> LoggedComparison? {
      LoggedVariants(runs.map { ("log", $0) }, of: [plan]).flatMap { LoggedComparison($0) }
    }
    let logs = try [log(), log(learningRate: 0.5), log(seed: 1, learningRate: 0.5), log(seed: 1)].map { try read($0) }
    let whole = try #require(compared(logs, plan))
    #expect(whole.plan.variants.map(\.name) == ["slow", "fast"] && !whole.isIncomplete && whole.notes == [])
    #expect(whole.plan.variants.map(\.varied) == plan.variants.map(\.varied))
    #expect(whole.results[Plan.Run(variant: 1, seed: 0)] == logs[0].result)
    let cut = try #require(compared(logs.prefix(2), plan))
    #expect(cut.notes == ["2 runs of the plan have no log yet"] && cut.isIncomplete && cut.plan.seeds == [0])
    // A variant that is in no plan would have the name of another perhaps.
    let others = logs + [try read(log(learningRate: 2))]
    let other = try #require(compared(others, plan))
    #expect(other.plan.variants.allSatisfy { $0.name.hasPrefix("softmax cross-entropy, learning-rate ") })
  }

  @Test("runs on other data than the first are left out with a note")
  func otherData() throws {
    let comparison = try #require(try comparison([log(), log(seed: 1, data: "cd")]))
    #expect(comparison.plan.seeds == [0] && comparison.isIncomplete)
    #expect(comparison.notes == ["log1: its data are others than those of log0; it is left out"])
  }

  @Test("of two logs of one run the first counts, and it is told if the second differs")
  func duplicates() throws {
    let same = try #require(try comparison([log(), log()]))
    #expect(same.notes == ["log1: this is a second log of a run, with the same result; the first one counts"])
    #expect(!same.isIncomplete)
    let other = try #require(try comparison([log(), log(right: [5])]))
    #expect(other.notes == ["log1: this is a second log of a run, and with another result; the first one counts"])
    #expect(other.isIncomplete && other.results[Plan.Run(variant: 0, seed: 0)]?.testAccuracy == 0.2)
  }

  @Test("seeds that not every variant has are left out with a note, and without a common seed there is no comparison")
  func unequalSeeds() throws {
    let comparison = try #require(try comparison([log(), log(seed: 1), log(seed: 2), log(seed: 1, learningRate: 2)]))
    #expect(comparison.plan.seeds == [1] && comparison.isIncomplete)
    #expect(comparison.notes == ["not every variant has a run with seed 0, 2; these runs are left out"])
    #expect(try self.comparison([log(), log(seed: 1, learningRate: 2)]) == nil)
    #expect(try self.comparison([]) == nil)
  }

  @Test("runs of machines that compute differently are told, and if a difference between variants may come from it")
  func otherMachines() throws {
    func log(_ seed: UInt64, _ learningRate: Double, on blas: String) -> String {
      ExperimentsTests.log(seed: seed, learningRate: learningRate).replacing(
        #""schema":2"#, with: #""schema":2,"version":"0.2.0","blas":"\#(blas)","instructions":"AVX2""#)
    }
    func notes(_ blas: [String]) throws -> [String] {
      let logs = zip(blas, [(0, 1), (1, 1), (0, 2), (1, 2)]).map { log($1.0, $1.1, on: $0) }
      let comparison = try #require(try self.comparison(logs))
      #expect(!comparison.isIncomplete)
      return comparison.notes
    }
    func note(_ counts: (Int, Int), _ end: String) -> [String] {
      [
        "the runs were computed in 2 ways, whose bits differ: \(counts.0) by nettrain 0.2.0, Haswell, AVX2; "
          + "\(counts.1) by nettrain 0.2.0, Prescott, AVX2; \(end)"
      ]
    }
    let equal = try notes(["Haswell", "Haswell", "Haswell", "Haswell"])
    #expect(equal == [])
    let even = try notes(["Haswell", "Prescott", "Haswell", "Prescott"])
    #expect(even == note((2, 2), "every variant ran in each, so this adds to the noise of the seeds alone"))
    let uneven = try notes(["Haswell", "Haswell", "Haswell", "Prescott"])
    #expect(uneven == note((3, 1), "not every variant ran in each, so a difference may come from this"))
  }
}
