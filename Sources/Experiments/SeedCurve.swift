/// A figure of a variant's runs by epoch: its mean and its standard deviation over seeds.
public struct SeedCurve: Equatable, Sendable {
  /// The figure after an epoch.
  public struct Point: Equatable, Sendable {
    /// The epoch, counted from 1.
    public var epoch: Int
    /// The mean, x̄.
    public var mean: Double
    /// The standard deviation, s = √(Σ(x − x̄)²/(n − 1)); `nil` for a single run, and if it overflows.
    public var deviation: Double?
  }

  /// The points in the order of their epochs.
  public let points: [Point]

  /// The curve of some runs.
  ///
  /// Runs that diverged are left out. An epoch has a point if each of the other runs has a finite figure there, so that all
  /// points are means of the same runs: the curve ends where the first of them ends.
  /// - Parameters:
  ///   - results: The results of the runs.
  ///   - figure: The figure of an epoch.
  public init(_ results: [RunResult], _ figure: (RunResult.Epoch) -> Double?) {
    let runs = results.filter { !$0.isDiverged }.map { $0.epochs.map(figure) }
    points = (0..<(runs.map(\.count).min() ?? 0)).compactMap { index in
      let figures = runs.compactMap { $0[index] }.filter(\.isFinite)
      let sample = Sample(figures)
      guard figures.count == runs.count, sample.mean.isFinite else { return nil }
      let deviation = sample.standardDeviation.flatMap { $0.isFinite ? $0 : nil }
      return Point(epoch: index + 1, mean: sample.mean, deviation: deviation)
    }
  }
}
