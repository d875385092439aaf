import Glibc

/// The exact p of McNemar's test: how often two equal classifiers would differ at least as unevenly on the examples that only
/// one of them gets right.
///
///     p = min(1, 2·Σ_{k ≤ b} C(n, k)/2ⁿ)        b the smaller number, n the sum of both
///
/// - Parameters:
///   - first: The number of examples that only the first gets right.
///   - second: The number that only the second gets right.
/// - Returns: p; 1 if both numbers are 0.
/// - Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
///   Psychometrika 12, 1947.
func mcNemar(first: Int, second: Int) -> Double {
  let (few, count) = (min(first, second), first + second)
  // From the greatest term down, each by its quotient to the next.
  let logOfTerm = lgamma(Double(count + 1)) - lgamma(Double(few + 1)) - lgamma(Double(count - few + 1))
  var (term, sum) = (1.0, 1.0)
  for k in stride(from: few, to: 0, by: -1) where term > 1e-18 * sum {
    term *= Double(k) / Double(count - k + 1)
    sum += term
  }
  return min(1, 2 * sum * exp(logOfTerm - Double(count) * log(2)))
}
