public import NeuralNetwork
import Training

/// The figures of a variant, and its difference to the reference.
///
/// Accuracies and differences are fractions. Runs that diverged have no accuracy and are counted apart; a difference is that of
/// the seeds with which both variants have one.
public struct ComparisonRow: Sendable {
  /// The variant.
  public let variant: Variant
  /// The number of its runs that have ended.
  public let runCount: Int
  /// The number of those that diverged.
  public let divergedCount: Int

  /// The test accuracy of the last network, over seeds; `nil` if there is none.
  public let testAccuracy: Sample?
  /// The test accuracy of the best epoch's network.
  public let testAccuracyAtBest: Sample?
  /// The validation accuracy of the best epoch's network.
  public let validationAccuracyAtBest: Sample?
  /// The mean costs of the last network on the test images.
  public let costs: [Cost: Double]
  /// The mean share of saturated outputs in the first epoch; `nil` for outputs that do not saturate one by one.
  public let saturatedShareInFirstEpoch: Double?
  /// The mean number of epochs to the target, and of seconds of training; `nil` unless every run reaches it.
  public let toTarget: (epochs: Double, seconds: Double)?

  /// Whether this is the variant that the others are compared with.
  public let isReference: Bool
  /// The differences of the final test accuracy to that of the reference, for each seed that both have.
  public let differences: Sample?
  /// The 95 % interval of the difference over seeds, for this test set.
  public let difference: Interval?
  /// The 95 % interval of the difference over seeds and images, for images like these.
  public let generalDifference: Interval?
  /// The p of the paired t test.
  public let p: Double?
  /// That p with Holm's correction over the table.
  public internal(set) var correctedP: Double?
  /// The number of images that only this variant gets right, summed over seeds, and that only the reference does.
  public let onlyRight: (variant: Int, reference: Int)?
  /// The p of McNemar's test; `nil` with more than one seed.
  public let mcNemarP: Double?

  init(_ variant: Variant, _ results: [RunResult?], reference: [RunResult?]?, target: Double?) {
    self.variant = variant
    isReference = reference == nil
    let ended = results.compactMap(\.self)
    let sound = ended.filter { !$0.isDiverged }
    func sample(_ figure: (RunResult) -> Double?) -> Sample? {
      let figures = sound.compactMap(figure)
      return figures.isEmpty ? nil : Sample(figures)
    }
    runCount = ended.count
    divergedCount = ended.count - sound.count
    testAccuracy = sample(\.testAccuracy)
    testAccuracyAtBest = sample(\.testAccuracyAtBest)
    validationAccuracyAtBest = sample(\.validationAccuracyAtBest)
    costs = Dictionary(
      uniqueKeysWithValues: Cost.allCases.compactMap { cost in sample { $0.testCosts[cost] }.map { (cost, $0.mean) } })
    saturatedShareInFirstEpoch = sample { $0.epochs.first?.saturatedShare }?.mean
    toTarget = target.flatMap { target in
      let reached = ended.compactMap { $0.reach(target) }
      guard reached.count == ended.count, !reached.isEmpty else { return nil }
      return (Sample(reached.map { Double($0.epochs) }).mean, Sample(reached.map(\.seconds)).mean)
    }
    let pairs = zip(results, reference ?? []).compactMap { own, other -> (own: RunResult, other: RunResult)? in
      guard let own, let other, own.testAccuracy != nil, other.testAccuracy != nil else { return nil }
      return (own, other)
    }
    let values = pairs.compactMap { own, other in own.testAccuracy.flatMap { a in other.testAccuracy.map { a - $0 } } }
    let differences = values.isEmpty ? nil : Sample(values)
    self.differences = differences
    difference = differences?.interval
    p = differences?.pOfZero
    let bits = pairs.compactMap { own, other in own.testCorrect.flatMap { a in other.testCorrect.map { (a, $0) } } }
    guard !bits.isEmpty, bits.count == pairs.count else {
      (generalDifference, onlyRight, mcNemarP) = (nil, nil, nil)
      return
    }
    let effects = CrossedEffects(bits.map(\.0), bits.map(\.1))
    generalDifference = effects.interval.map { interval in
      Interval(
        estimate: interval.estimate, halfWidth: max(interval.halfWidth, differences?.interval?.halfWidth ?? 0))
    }
    let sum = effects.seedSums.reduce(0, +)
    let onlyRight = (variant: (effects.differing + sum) / 2, reference: (effects.differing - sum) / 2)
    self.onlyRight = onlyRight
    mcNemarP = bits.count == 1 ? mcNemar(first: onlyRight.variant, second: onlyRight.reference) : nil
  }
}

extension RunResult {
  /// The epochs and the seconds of training until the test accuracy first is at least `target`; `nil` if it never is.
  fileprivate func reach(_ target: Double) -> (epochs: Int, seconds: Double)? {
    guard let index = epochs.firstIndex(where: { $0.testAccuracy ?? 0 >= target }) else { return nil }
    return (index + 1, epochs[...index].reduce(0) { $0 + $1.seconds })
  }
}
