import Testing
import Training

@testable import Experiments

@Suite("Comparisons by class and image") struct ClassComparisonTests {
  /// The classes of the ten test images of `result`: class 2 has none.
  private let labels: [UInt8] = [0, 0, 0, 0, 1, 1, 1, 1, 3, 3]

  @Test("an accuracy is that of a class's images, and a difference that of pairs of runs")
  func classes() {
    let table = [[result([0, 1, 8]), result([0, 1, 4, 9])], [result([0]), result([0, 1, 2, 5, 8, 9])]]
    let classes = ClassComparison(
      plan(variants: 2, seeds: 2), results(table), reference: 0, labels: labels, classCount: 4)
    #expect(classes.counts == [4, 4, 0, 2])
    #expect(classes.accuracies[0].map { $0?.values } == [[0.5, 0.5], [0, 0.25], nil, [0.5, 0.5]])
    #expect(classes.differences[1].map { $0?.values } == [[-0.25, 0.25], [0, 0], nil, [-0.5, 0.5]])
    #expect(classes.differences[0].compactMap { $0?.mean } == [0, 0, 0])
  }

  @Test("runs that diverged and seeds that one variant lacks make no difference")
  func missing() {
    let table = [[result([0]), nil, result([0])], [result(nil), result([0]), result([0, 1])]]
    let classes = ClassComparison(
      plan(variants: 2, seeds: 3), results(table), reference: 0, labels: labels, classCount: 4)
    #expect(classes.accuracies.map { $0[0]?.values.count } == [2, 2])
    #expect(classes.differences[1][0]?.values == [0.25])
    let other = ClassComparison(
      plan(variants: 2, seeds: 3), results(table), reference: 0, labels: [0, 1], classCount: 2)
    #expect(other.accuracies.joined().allSatisfy { $0 == nil }, "these labels are of another test set")
  }

  @Test("the images on which variants disagree most come first, and those on which they agree never")
  func disagreements() {
    let table = [[result([0, 2]), result([2, 5])], [result([3]), result([3, 5])], [result(nil), nil]]
    let plan = plan(variants: 3, seeds: 2)
    let found = Disagreement.greatest(plan, results(table), 10)
    #expect(found.map(\.image) == [2, 3, 0])
    #expect(found.map(\.right) == [[2, 0, 0], [0, 2, 0], [1, 0, 0]])
    #expect(found.allSatisfy { $0.runs == [2, 2, 0] })
    #expect(Disagreement.greatest(plan, results(table), 1).map(\.image) == [2])
    #expect(Disagreement.greatest(plan, results([[result(nil)]]), 10).isEmpty)
  }
}
