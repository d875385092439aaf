import Glibc

/// The conclusion that the data of a comparison support for a variant.
public enum Verdict: String, Sendable {
  /// The others are compared with it.
  case reference
  /// The corrected p of the difference is below 0.05, and the variant is better.
  case better
  /// The corrected p is below 0.05, and the variant is worse.
  case worse
  /// The corrected p is not below 0.05, which is no proof of equality.
  case noDifferenceFound = "no difference found"
  /// There are fewer than two seeds with which both variants have an accuracy.
  case tooFewSeeds = "too few seeds"
}

extension ComparisonRow {
  /// The conclusion for this variant.
  public var verdict: Verdict {
    if isReference { return .reference }
    guard let correctedP, let difference else { return .tooFewSeeds }
    guard correctedP < 0.05 else { return .noDifferenceFound }
    return difference.estimate > 0 ? .better : .worse
  }

  /// The greatest difference that the interval over seeds does not exclude.
  public var greatestDifference: Double? {
    difference.map { max($0.low.magnitude, $0.high.magnitude) }
  }

  /// The number of seeds with which the interval over seeds would be so narrow that a difference of this size would not contain
  /// 0, if differences vary from seed to seed as they do here; `nil` if they do not vary, or above 100,000.
  public func seedsNeeded(for size: Double) -> Int? {
    guard let deviation = differences?.standardDeviation, deviation > 0, size > 0 else { return nil }
    func isEnough(_ seeds: Int) -> Bool {
      let t = StudentT(degreesOfFreedom: Double(seeds - 1)).quantile(0.975)
      return t * deviation / Double(seeds).squareRoot() <= size
    }
    guard isEnough(100_000) else { return nil }
    var (low, high) = (1, 100_000)
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
