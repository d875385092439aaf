import Glibc

/// The learning rates that were tried for a variant, with the mean validation accuracy at the best epoch under each.
public struct RateGrid: Equatable, Sendable {
  /// The rates in rising order.
  public private(set) var rates: [Double]

  /// The mean accuracies; `nil` for a rate with which a run diverged, and for one that has not been tried yet.
  public private(set) var scores: [Double?]

  /// A grid of rates to be tried, in any order.
  public init(_ rates: [Double]) {
    self.rates = Set(rates).sorted()
    scores = self.rates.map { _ in nil }
  }

  /// The grid around a rate: a tenth, three tenths, itself, three times, ten times, as far as numbers reach.
  public static func around(_ rate: Double) -> RateGrid {
    RateGrid([0.1, 0.3, 1, 3, 10].compactMap { twoDigits(rate * $0) })
  }

  /// A number rounded to two significant digits; `nil` if it cannot be a learning rate.
  private static func twoDigits(_ number: Double) -> Double? {
    guard number.isNormal, number > 0 else { return nil }
    let exponent = Int(log10(number).rounded(.down)) - 1
    let digits = (number / pow(10, Double(exponent))).rounded()
    // A product with a power of ten would be rounded once more.
    let rounded = Double("\(digits)e\(exponent)") ?? number
    return rounded.isFinite ? rounded : nil
  }

  /// Records the results of the runs with a rate.
  public mutating func record(_ results: [RunResult], at rate: Double) {
    guard let index = rates.firstIndex(of: rate) else { return }
    let figures = results.compactMap { $0.isDiverged ? nil : $0.validationAccuracyAtBest }
    scores[index] = figures.count == results.count && !figures.isEmpty ? Sample(figures).mean : nil
  }

  /// The index of the rate with the greatest accuracy, of equals the lowest rate; `nil` if every rate diverged.
  private var bestIndex: Int? {
    scores.indices.filter { scores[$0] != nil }.max { (scores[$0] ?? 0, -$0) < (scores[$1] ?? 0, -$1) }
  }

  /// The rate with the greatest accuracy; `nil` if every rate diverged.
  public var best: Double? { bestIndex.map { rates[$0] } }

  /// Whether the best rate is the lowest or the highest: a better one may lie outside.
  public var isBestAtEdge: Bool { bestIndex.map { $0 == 0 || $0 == rates.count - 1 } ?? false }

  /// Adds a rate outside the edge at which the best one lies, at the same ratio.
  /// - Returns: The new rate; `nil` if the best rate is not at an edge, or no number lies outside.
  public mutating func widen() -> Double? {
    guard let bestIndex, isBestAtEdge, rates.count > 1 else { return nil }
    if bestIndex == 0 {
      guard let rate = Self.twoDigits(rates[0] * (rates[0] / rates[1])) else { return nil }
      rates.insert(rate, at: 0)
      scores.insert(nil, at: 0)
      return rate
    }
    let last = rates.count - 1
    guard let rate = Self.twoDigits(rates[last] * (rates[last] / rates[last - 1])) else { return nil }
    rates.append(rate)
    scores.append(nil)
    return rate
  }
}
