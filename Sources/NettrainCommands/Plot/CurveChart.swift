import Experiments
import Glibc

/// Learning curves as they are drawn: panels with a common x axis, and in each a curve for each variant.
struct CurveChart {
  /// The choices of the x axis.
  enum Time: String, CaseIterable {
    case epoch
    case seconds
  }

  /// The curves of one figure.
  struct Panel {
    var metric: Metric
    /// A curve for each variant; one without points, where the variant lacks the figure.
    var curves: [LearningCurve]
  }

  var title: String?
  /// The names of the variants, as long as they may be.
  var names: [String]
  /// The number of runs of each variant.
  var runCounts: [Int]
  var panels: [Panel]
  var time: Time
  var isLogarithmic: Bool

  /// A point as it is drawn: accuracies are in per cent.
  struct Mark {
    var x: Double
    var y: Double
    /// A standard deviation below and above; `nil` for a single run.
    var band: ClosedRange<Double>?
  }

  /// The points of a curve that can be drawn: on a logarithmic axis those above 0.
  func marks(_ curve: LearningCurve, _ metric: Metric) -> [Mark] {
    curve.points.filter { !isLogarithmic || Self.hasLogarithm($0.mean) }.map { point in
      Mark(
        x: x(point), y: point.mean * metric.scale,
        band: point.band.map { $0.lowerBound * metric.scale...$0.upperBound * metric.scale })
    }
  }

  /// True if a value can be drawn on a logarithmic axis.
  static func hasLogarithm(_ value: Double) -> Bool { value >= .leastNormalMagnitude }

  private func x(_ point: LearningCurve.Point) -> Double {
    switch time {
    case .epoch: Double(point.epoch)
    // Gnuplot draws no axis that ends near the greatest number.
    case .seconds: min(point.seconds, 1e300)
    }
  }

  /// The ends of the x axis; those of a single point lie on either side of it. Times that nearly reach 0 begin there.
  var xRange: ClosedRange<Double> {
    let values = panels.flatMap { panel in panel.curves.flatMap { marks($0, panel.metric).map(\.x) } }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    guard low == high else { return (time == .seconds && low < 0.2 * high ? 0 : low)...max(high, low + 1e-6) }
    let half = time == .epoch ? 0.5 : max(high / 2, 1e-6)
    return low - half...high + half
  }

  /// The ticks of the x axis, at most so many.
  func xTicks(count: Int) -> [AxisTicks.Tick] {
    AxisTicks.linear(in: xRange, count: count, least: time == .epoch ? 1 : 0)
  }

  /// The ends of a panel's y axis. No figure is below 0, and no accuracy above 1: a band is cut off there.
  func yRange(_ panel: Panel, withBands: Bool) -> ClosedRange<Double> {
    let marks = panel.curves.flatMap { self.marks($0, panel.metric) }
    let bands = withBands ? marks.compactMap(\.band) : []
    let ends = marks.map(\.y) + bands.map(\.lowerBound) + bands.map(\.upperBound)
    let greatest = panel.metric.isAccuracy ? 100.0 : .greatestFiniteMagnitude
    // On a logarithmic axis a band may reach below 0, and would stretch the axis without end.
    let least = isLogarithmic ? max((marks.map(\.y).min() ?? 1) / 2, .leastNormalMagnitude) : 0
    let low = min(max(ends.min() ?? 0, least), greatest)
    let high = min(max(ends.max() ?? 1, low), greatest)
    guard isLogarithmic else {
      let space = low < high ? 0.04 * (high - low) : high > 0 ? max(0.1 * high, .leastNormalMagnitude) : 1
      // An axis that nearly reaches 0 begins there.
      // Gnuplot draws no axis between numbers below the normal ones.
      return (low - space < 0.2 * high ? 0 : low - space)...min(greatest, max(high + space, 1e-300))
    }
    let (lowLogarithm, highLogarithm) = (log10(low), log10(high))
    // Numbers that differ in their last digits may have one logarithm.
    let space = highLogarithm - lowLogarithm > 1e-6 ? 0.04 * (highLogarithm - lowLogarithm) : 0.04
    return max(pow(10, lowLogarithm - space), .leastNormalMagnitude)...min(greatest, pow(10, highLogarithm + space))
  }

  /// The ticks of a y axis with these ends, at most so many.
  func yTicks(in range: ClosedRange<Double>, count: Int) -> [AxisTicks.Tick] {
    isLogarithmic
      ? AxisTicks.logarithmic(in: range, count: count) : AxisTicks.linear(in: range, count: count)
  }

  /// The name of the x axis.
  var xLabel: String { time == .epoch ? "epoch" : "seconds of training" }
}

extension Metric {
  /// The name that an option has for it.
  var option: String { rawValue.replacing("_", with: "-") }

  /// The name of its axis.
  var label: String { rawValue.replacing("_", with: " ") + (isAccuracy ? ", %" : "") }

  /// True for a share of examples, which is shown in per cent.
  var isAccuracy: Bool { self == .trainAccuracy || self == .validationAccuracy || self == .testAccuracy }

  fileprivate var scale: Double { isAccuracy ? 100 : 1 }

  /// A value for a person, with its standard deviation if there is one.
  func text(_ mean: Double, _ deviation: Double?) -> String {
    func text(_ value: Double) -> String {
      switch self {
      case _ where isAccuracy: Formatting.fixed(100 * value, decimals: 2)
      // Rates are typed with few digits; the mean of different ones is not.
      case .learningRate: Formatting.plain(Double("\(Float(value))") ?? value)
      default: Formatting.significant(value)
      }
    }
    return text(mean) + (deviation.map { " ± " + text($0) } ?? "") + (isAccuracy ? " %" : "")
  }
}
