import Training

/// The accuracies of variants on the test images of each class, and their differences to the reference.
public struct ClassComparison: Sendable {
  /// The number of test images of each class.
  public let counts: [Int]
  /// The accuracies over seeds, by variant and class; `nil` where there are none.
  public let accuracies: [[Sample?]]
  /// The differences to the reference for each seed that both have, by variant and class.
  public let differences: [[Sample?]]

  /// Compares the results of a plan by class.
  /// - Parameters:
  ///   - plan: The plan.
  ///   - results: The results of its runs.
  ///   - reference: The index of the variant to compare with.
  ///   - labels: The class of each test image.
  ///   - classCount: The number of classes.
  public init(
    _ plan: Plan, _ results: [Plan.Run: RunResult], reference: Int, labels: [UInt8], classCount: Int
  ) {
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[Int(label)] += 1 }
    func accuracies(_ bits: CorrectBits?) -> [Double]? {
      guard let bits, bits.count == labels.count else { return nil }
      var right = [Int](repeating: 0, count: classCount)
      for (image, label) in labels.enumerated() where bits[image] { right[Int(label)] += 1 }
      return zip(right, counts).map { Double($0) / Double($1) }
    }
    let byRun = plan.variants.indices.map { variant in
      plan.seeds.indices.map { accuracies(results[Plan.Run(variant: variant, seed: $0)]?.testCorrect) }
    }
    func samples(_ rows: [[Double]]) -> [Sample?] {
      counts.indices.map { label in
        rows.isEmpty || counts[label] == 0 ? nil : Sample(rows.map { $0[label] })
      }
    }
    self.counts = counts
    self.accuracies = byRun.map { samples($0.compactMap(\.self)) }
    differences = byRun.map { runs in
      samples(
        zip(runs, byRun[reference]).compactMap { own, other in
          own.flatMap { own in other.map { zip(own, $0).map { $0 - $1 } } }
        })
    }
  }
}
