/// The p values of several tests, corrected so that in 95 of 100 tables without any true difference none is below 0.05.
///
///     p̃₍ᵢ₎ = max_{j ≤ i} min(1, (m − j + 1)·p₍ⱼ₎)        p₍₁₎ ≤ … ≤ p₍ₘ₎
///
/// - Parameter p: The p values of the tests.
/// - Returns: The corrected ones, in the order of the tests.
/// - Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2),
///   1979.
func holm(_ p: [Double]) -> [Double] {
  var corrected = p
  var greatest = 0.0
  for (rank, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
    greatest = max(greatest, min(1, Double(p.count - rank) * p[index]))
    corrected[index] = greatest
  }
  return corrected
}
