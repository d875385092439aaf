import Glibc

/// An estimate with the interval that covers its true value in 95 of 100 cases.
public struct Interval: Equatable, Sendable {
  /// The estimate, in the middle.
  public var estimate: Double
  /// The distance from the estimate to either end.
  public var halfWidth: Double

  /// The lower end.
  public var low: Double { estimate - halfWidth }
  /// The upper end.
  public var high: Double { estimate + halfWidth }
}

/// The mean and the standard deviation of some numbers.
public struct Sample: Equatable, Sendable {
  /// The numbers.
  public let values: [Double]

  /// A sample of at least one number.
  public init(_ values: [Double]) { self.values = values }

  /// The mean.
  public var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// The standard deviation, s = √(Σ(x − x̄)²/(n − 1)); `nil` for a single number.
  public var standardDeviation: Double? {
    guard values.count > 1 else { return nil }
    let mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The 95 % interval of the mean, x̄ ± t·s/√n with n − 1 degrees of freedom; `nil` for a single number.
  ///
  /// Of the differences of pairs it is the interval of the paired t test.
  public var interval: Interval? {
    guard let standardDeviation else { return nil }
    let count = Double(values.count)
    let t = StudentT(degreesOfFreedom: count - 1).quantile(0.975)
    return Interval(estimate: mean, halfWidth: t * standardDeviation / count.squareRoot())
  }

  /// The p of the t test that the true mean is 0: how often a mean at least as far from 0 would come about by chance. 1 if
  /// all numbers are 0, and 0 if all are the same other number; `nil` for a single number.
  public var pOfZero: Double? {
    guard let standardDeviation else { return nil }
    guard standardDeviation > 0 else { return mean == 0 ? 1 : 0 }
    let count = Double(values.count)
    return StudentT(degreesOfFreedom: count - 1).twoSidedP(mean / (standardDeviation / count.squareRoot()))
  }
}
