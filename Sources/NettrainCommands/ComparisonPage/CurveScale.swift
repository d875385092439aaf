import Glibc

/// The scale of an axis: its ends and round numbers between them.
struct CurveScale {
  let low: Double
  let high: Double
  /// The numbers at the marks.
  let ticks: [Double]
  /// The decimals that tell the marks apart.
  let decimals: Int

  /// The scale of an axis that shows some numbers, with about `count` marks.
  /// - Parameters:
  ///   - numbers: The numbers, all finite.
  ///   - count: The number of marks that is aimed at.
  ///   - limits: The ends that numbers of this kind cannot exceed.
  ///   - isWhole: Whether marks are at whole numbers only, and the axis ends at its numbers. Other axes have some room.
  init(_ numbers: [Double], count: Int, limits: ClosedRange<Double>, isWhole: Bool = false) {
    // The range of greater numbers could overflow.
    let numbers = numbers.map { min(max($0, -1e300), 1e300) }
    let (least, greatest) = (numbers.min() ?? 0, numbers.max() ?? 1)
    // That of numbers below the normal ones could have marks at a distance of 0.
    let range = greatest > least ? max(greatest - least, 1e-300) : max(least.magnitude / 10, isWhole ? 1 : 1e-9)
    let rough = range / Double(count)
    let power = pow(10, log10(rough).rounded(.down))
    let wide = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
    let step = isWhole ? max(1, wide.rounded()) : wide
    if isWhole {
      (low, high) = (least, greatest)
    } else {
      low = max(limits.lowerBound, least - range / 20)
      high = min(limits.upperBound, greatest + range / 20)
    }
    let (first, top) = ((low / step).rounded(.up), high)
    ticks = (0...2 * count + 2).map { (first + Double($0)) * step }.filter { $0 <= top + step * 1e-6 }
    decimals = min(max(0, Int(-log10(step).rounded(.down))), 12)
  }

  /// The text of a mark.
  func label(_ tick: Double) -> String {
    tick.magnitude < 1e6 ? Formatting.fixed(tick, decimals: decimals) : Formatting.significant(tick)
  }

  /// The place of a number between the ends, 0 to 1; in the middle if there is nothing between them.
  func place(_ number: Double) -> Double { high > low ? (number - low) / (high - low) : 0.5 }
}
