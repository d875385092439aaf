/// The 95 % interval of a probability, from the number of cases in which something happened.
///
/// Its ends stay between 0 and 1, also where it happened always or never.
/// - Source: E. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
public struct WilsonInterval: Equatable, Sendable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double

  /// The interval for some successes among `count` cases, at least one.
  ///
  ///     (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)        with Φ(z) = 0.975
  public init(successes: Int, of count: Int) {
    precondition(count > 0 && (0...count).contains(successes), "some of the cases are successes")
    let z = 1.959963984540054
    let (n, p) = (Double(count), Double(successes) / Double(count))
    let middle = p + z * z / (2 * n)
    let halfWidth = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let divisor = 1 + z * z / n
    low = successes == 0 ? 0 : (middle - halfWidth) / divisor
    high = successes == count ? 1 : (middle + halfWidth) / divisor
  }
}
