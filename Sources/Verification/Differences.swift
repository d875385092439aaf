/// The derivative of a function by its values alone, independent of any formula for it:
///
///     f′(x) ≈ [8(f(x+h) − f(x−h)) − (f(x+2h) − f(x−2h))] / 12h
///
/// The error is h⁴f⁽⁵⁾/30 by the method and about 1.5·ε·|f|/h by rounding.
/// - Source: the five-point stencil, M. Abramowitz and I. Stegun, 25.3.6.
func difference(step h: Double, _ f: (_ change: Double) throws -> Double) rethrows -> Double {
  try (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
}

extension Sequence<Double> {
  /// The Euclidean norm.
  var norm: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
