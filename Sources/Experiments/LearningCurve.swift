/// A figure of a variant, epoch by epoch, over its seeds.
public struct LearningCurve: Equatable, Sendable {
  /// An epoch in which at least one run has the figure.
  public struct Point: Equatable, Sendable {
    /// The epoch, counted from 1.
    public var epoch: Int
    /// The training time up to the end of the epoch, in seconds: the sum over epochs of the mean over the runs that reached
    /// the epoch. So the time grows where a slow run ends early.
    public var seconds: Double
    /// The mean of the figure, x̄, over the runs that have it.
    public var mean: Double
    /// The standard deviation over these runs, s = √(Σ(x − x̄)²/(n − 1)); `nil` for a single one, and if it cannot be
    /// written.
    public var deviation: Double?
    /// The number of these runs, n.
    public var count: Int

    /// The mean and what lies a standard deviation below and above it; `nil` for a single run.
    public var band: ClosedRange<Double>? { deviation.map { (mean - $0)...(mean + $0) } }
  }

  /// The points in the order of their epochs. Epochs in which no run has a finite figure have none, nor those whose mean
  /// cannot be written.
  public let points: [Point]

  /// The curve of a figure over runs that differ in their seeds.
  ///
  /// A run counts as far as it has come, also one that diverged or ended early: each point tells how many runs it is the
  /// mean of. Points over the same runs alone would end where the shortest run ends.
  /// - Parameters:
  ///   - runs: The seconds and the figures of each run by epoch; `nil` where an epoch was not evaluated.
  ///   - first: The first epoch that is kept.
  public init(_ runs: [(seconds: [Double], figures: [Double?])], from first: Int = 1) {
    var (points, seconds): ([Point], Double) = ([], 0)
    for index in 0..<(runs.map(\.seconds.count).max() ?? 0) {
      let times = runs.compactMap { index < $0.seconds.count ? $0.seconds[index] : nil }
      // Logs come from anywhere.
      seconds = min(seconds + max(0, Sample(times).mean), .greatestFiniteMagnitude)
      let values = runs.compactMap { index < $0.figures.count ? $0.figures[index] : nil }.filter(\.isFinite)
      guard !values.isEmpty, index + 1 >= first else { continue }
      // The mean of equal numbers is that number to the last bit, and their deviation 0.
      let differences = Sample(values.map { $0 - values[0] })
      let mean = values[0] + differences.mean
      guard mean.isFinite else { continue }
      let deviation = differences.standardDeviation.flatMap { (mean.magnitude + $0).isFinite ? $0 : nil }
      points.append(
        Point(epoch: index + 1, seconds: seconds, mean: mean, deviation: deviation, count: values.count))
    }
    self.points = points
  }

  /// The curve of a figure that logs were read with.
  public init(of metric: Metric, over runs: [LoggedRun], from first: Int = 1) {
    self.init(runs.map { ($0.result.epochs.map(\.seconds), $0.figures[metric] ?? []) }, from: first)
  }
}
