import Glibc

/// Round numbers along an axis.
enum AxisTicks {
  /// A number on an axis and its label.
  typealias Tick = (value: Double, label: String)

  /// Multiples of 1, 2 or 5 times a power of ten.
  /// - Parameters:
  ///   - range: The ends of the axis.
  ///   - count: The greatest number of intervals.
  ///   - least: The least interval.
  /// - Returns: The ticks from the lower end to the upper.
  static func linear(in range: ClosedRange<Double>, count: Int, least: Double = 0) -> [Tick] {
    let span = range.upperBound - range.lowerBound
    guard span > 1e-300, span.isFinite else { return [(range.lowerBound, label(range.lowerBound, decimals: 5))] }
    let wanted = max(span / Double(count), least)
    let exponent = Int(log10(wanted).rounded(.down))
    let steps = [1, 2, 5, 10].map { number(Double($0), exponent) }
    // A step that is 1 but for rounding is wide enough.
    let step = steps.first { $0 >= wanted * (1 - 1e-9) } ?? steps[3]
    let decimals = max(0, step >= steps[3] ? -exponent - 1 : -exponent)
    // An end that is a tick but for rounding is one.
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard step > 0, first <= last, (last - first).isFinite else { return [] }
    return (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * step
      return (value, label(value, decimals: decimals))
    }
  }

  /// Powers of ten, with 2 and 5 times each where there is room; round numbers on an axis shorter than these.
  /// - Parameters:
  ///   - range: The ends of the axis, above 0.
  ///   - count: The greatest number of ticks.
  /// - Returns: The ticks from the lower end to the upper.
  static func logarithmic(in range: ClosedRange<Double>, count: Int) -> [Tick] {
    let (first, last) = (Int(log10(range.lowerBound).rounded(.down)), Int(log10(range.upperBound).rounded(.up)))
    func ticks(_ factors: [Double], every stride: Int = 1) -> [Tick] {
      Swift.stride(from: first, through: last, by: stride).flatMap { exponent in
        factors.map { number($0, exponent) }.filter { range.contains($0) }.map { ($0, Formatting.plain($0)) }
      }
    }
    let fine = ticks([1, 2, 5])
    if fine.count < 3 { return linear(in: range, count: count) }
    if fine.count <= count { return fine }
    return ticks([1], every: max(1, (last - first + count - 1) / count))
  }

  /// The number that a reader of the decimal notation gets.
  private static func number(_ factor: Double, _ exponent: Int) -> Double {
    Double("\(factor)e\(exponent)") ?? factor * pow(10, Double(exponent))
  }

  private static func label(_ value: Double, decimals: Int) -> String {
    guard decimals <= 5, value.magnitude < 1e7 else {
      return (value < 0 ? "-" : "") + Formatting.scientific(value.magnitude)
    }
    return Formatting.fixed(value, decimals: decimals)
  }
}
