/// A figure of a variant, epoch by epoch, over its seeds.
public struct LearningCurve: Equatable, Sendable {
  /// The figure after an epoch.
  public struct Point: Equatable, Sendable {
    /// The epoch, counted from 1.
    public var epoch: Int
    /// The training time up to the end of the epoch, in seconds: the sum over epochs of the mean over the runs that reached
    /// the epoch. So the time grows where a slow run ends early.
    public var seconds: Double
    /// The mean of the figure over the runs that have it.
    public var mean: Double
    /// The standard deviation over these runs, s = √(Σ(x − x̄)²/(n − 1)); `nil` for a single one, and if it cannot be written.
    public var deviation: Double?
    /// The number of these runs.
    public var count: Int

    /// The mean and what lies a standard deviation below and above it; `nil` for a single run.
    public var band: ClosedRange<Double>? { deviation.map { (mean - $0)...(mean + $0) } }
  }

  /// The points in the order of their epochs. An epoch whose mean cannot be written has none.
  public let points: [Point]

  /// The curve of a figure over all runs that differ in their seeds.
  ///
  /// An epoch has a point if at least one run was evaluated in it. Runs that diverged count up to there.
  /// - Parameters:
  ///   - metric: The figure, one of those that the runs were read with.
  ///   - runs: The runs.
  ///   - first: The first epoch that is kept.
  public init(of metric: Metric, over runs: [LoggedRun], from first: Int = 1) {
    self.init(
      runs.map { ($0.result.epochs.map(\.seconds), $0.figures[metric] ?? []) }, leastCount: 1, from: first)
  }

  /// The curve of a figure over the runs that a table compares, which are those that did not diverge.
  ///
  /// An epoch has a point if every such run was evaluated in it. So all points are means of the same runs, and curves of
  /// variants differ by the variants alone.
  /// - Parameters:
  ///   - results: The results of the runs.
  ///   - figure: The figure of an epoch.
  public init(over results: [RunResult], _ figure: (RunResult.Epoch) -> Double?) {
    let runs = results.filter { !$0.isDiverged }
    self.init(runs.map { ($0.epochs.map(\.seconds), $0.epochs.map(figure)) }, leastCount: runs.count, from: 1)
  }

  /// The curve over runs, of which at least `leastCount` have the figure at each point.
  private init(_ runs: [(seconds: [Double], figures: [Double?])], leastCount: Int, from first: Int) {
    var (points, seconds): ([Point], Double) = ([], 0)
    for index in 0..<(runs.map(\.seconds.count).max() ?? 0) {
      let times = runs.compactMap { index < $0.seconds.count ? $0.seconds[index] : nil }
      // Logs come from anywhere.
      seconds = min(seconds + max(0, Sample(times).mean), .greatestFiniteMagnitude)
      let values = runs.compactMap { index < $0.figures.count ? $0.figures[index] : nil }
      guard values.count >= leastCount, index + 1 >= first else { continue }
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
}
