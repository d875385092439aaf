import Testing

@testable import Experiments

@Suite("Learning curves") struct LearningCurveTests {
  /// A run of some epochs, each with its seconds, test accuracy and training cost; `nil` is null.
  private func run(
    _ seed: UInt64, _ epochs: [(seconds: Double, accuracy: Double?, cost: Double?)], status: String = "completed"
  ) throws -> LoggedRun {
    func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "null" }
    let lines = epochs.enumerated().map { index, epoch in
      #"{"event":"epoch","epoch":\#(index + 1),"seconds":\#(epoch.seconds),"test_accuracy":\#(text(epoch.accuracy)),"#
        + #""train_cost":\#(text(epoch.cost))}"#
    }
    return try read(log(seed: seed, status: status, epochs: lines), keeping: [.trainCost, .testAccuracy])
  }

  @Test("a point is mean and standard deviation over the seeds; times add up")
  func means() throws {
    let runs = try [
      run(0, [(1, 0.5, 4), (2, 0.75, 3)]), run(1, [(3, 0.25, 2), (2, 0.75, 3)]), run(2, [(2, 0.75, 0), (5, 0.75, 3)]),
    ]
    let accuracy = LearningCurve(of: .testAccuracy, over: runs).points
    #expect(accuracy.map(\.epoch) == [1, 2] && accuracy.map(\.count) == [3, 3])
    #expect(accuracy.map(\.mean) == [0.5, 0.75] && accuracy.map(\.deviation) == [0.25, 0])
    #expect(accuracy.map(\.seconds) == [2, 5])
    #expect(accuracy[0].band == 0.25...0.75)
    // √((4 + 0 + 4)/2)
    #expect(LearningCurve(of: .trainCost, over: runs).points.map(\.deviation) == [2, 0])
  }

  @Test("the mean of equal numbers is that number, and their deviation 0")
  func equalNumbers() throws {
    let points = LearningCurve(of: .trainCost, over: try (0..<3).map { try run($0, [(1, 0.5, 0.1)]) }).points
    #expect(points.map(\.mean) == [0.1] && points.map(\.deviation) == [0])
  }

  @Test("figures that are too large for a mean or a deviation have none, and time does not run back")
  func extremes() throws {
    let runs = try [
      run(0, [(1, 0.5, 1e308), (-9, 0.5, 1e200)]), run(1, [(1, 0.5, -1e308), (1, 0.5, 3e200)]),
    ]
    let points = LearningCurve(of: .trainCost, over: runs).points
    #expect(points.map(\.epoch) == [2] && points[0].mean == 2e200 && points[0].deviation == nil)
    #expect(points[0].seconds == 1)
  }

  @Test("an epoch that was not evaluated has no point, but its time counts; one run has no deviation")
  func evaluatedEpochs() throws {
    let runs = try [
      run(0, [(1, nil, 1), (1, 0.5, 1), (1, nil, 1)]), run(1, [(3, nil, 1), (3, 0.25, 1), (3, 0.75, 1)]),
    ]
    let points = LearningCurve(of: .testAccuracy, over: runs).points
    #expect(points.map(\.epoch) == [2, 3] && points.map(\.seconds) == [4, 6])
    #expect(points.map(\.mean) == [0.375, 0.75] && points.map(\.count) == [2, 1])
    #expect(points[1].deviation == nil && points[1].band == nil)
  }

  @Test("a mean is over the runs that reached the epoch, and the time never falls")
  func unequalLengths() throws {
    let runs = try [run(0, [(9, 0.5, 1)]), run(1, [(1, 0.25, 1), (1, 0.75, 1)])]
    let points = LearningCurve(of: .testAccuracy, over: runs).points
    #expect(points.map(\.mean) == [0.375, 0.75] && points.map(\.seconds) == [5, 6])
  }

  @Test("the curve of a run that diverged ends before the epoch in which it did")
  func diverged() throws {
    let runs = try [run(0, [(1, 0.5, 1), (1, nil, 7)], status: "diverged")]
    #expect(LearningCurve(of: .trainCost, over: runs).points.map(\.mean) == [1])
    let others = try runs + [run(1, [(1, 0.5, 1), (1, 0.5, 3)])]
    let points = LearningCurve(of: .trainCost, over: others).points
    #expect(points.map(\.mean) == [1, 3] && points.map(\.count) == [2, 1])
    let none = try [run(0, [(1, nil, nil)], status: "diverged")]
    #expect(LearningCurve(of: .trainCost, over: none).points.isEmpty)
  }

  @Test("epochs before the first one asked for are left out, but their time counts")
  func first() throws {
    let runs = try [run(0, [(1, 0.5, 1), (2, 0.75, 1), (4, 1, 1)])]
    let points = LearningCurve(of: .testAccuracy, over: runs, from: 2).points
    #expect(points.map(\.epoch) == [2, 3] && points.map(\.seconds) == [3, 7])
    #expect(LearningCurve(of: .testAccuracy, over: runs, from: 4).points.isEmpty)
  }

  @Test("a figure that was not kept has no points")
  func unknown() throws {
    #expect(LearningCurve(of: .penalty, over: try [run(0, [(1, 0.5, 1)])]).points.isEmpty)
  }

  @Test("figures that are not finite have no point")
  func notFinite() {
    let runs: [(seconds: [Double], figures: [Double?])] = [
      ([1, 1, 1], [0.5, .infinity, .nan]), ([1, 1], [0.25, 3]),
    ]
    let points = LearningCurve(runs).points
    #expect(points.map(\.epoch) == [1, 2] && points.map(\.mean) == [0.375, 3] && points.map(\.count) == [2, 1])
  }
}
