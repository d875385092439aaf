import Glibc

/// Student's t distribution, of `degreesOfFreedom` ν > 0, which need not be whole.
///
///     StudentT(degreesOfFreedom: 4).quantile(0.975)       // 2.776
///     StudentT(degreesOfFreedom: 4).twoSidedP(2.776)      // 0.05
/// - Source: Press, Teukolsky, Vetterling and Flannery, "Numerical Recipes", section 6.4.
struct StudentT {
  let degreesOfFreedom: Double

  /// The probability of a value at least as far from 0 as t:
  ///
  ///     p = I_x(ν/2, ½)        x = ν/(ν + t²)
  ///
  /// x and 1 − x are formed apart: each is exact where the other rounds to 1.
  func twoSidedP(_ t: Double) -> Double {
    guard !t.isInfinite else { return 0 }
    let (nu, square) = (degreesOfFreedom, t * t)
    let total = nu + square
    return total.isInfinite ? 0 : regularizedBeta(x: nu / total, complement: square / total, a: nu / 2)
  }

  /// The value that a share p > ½ of the distribution lies below.
  func quantile(_ p: Double) -> Double {
    precondition(p > 0.5 && p < 1, "a quantile above the median")
    let tail = 2 * (1 - p)
    var (low, high) = (0.0, 1.0)
    while twoSidedP(high) > tail { (low, high) = (high, 2 * high) }
    // Each step halves the interval, until nothing lies between its ends.
    while case let middle = low + (high - low) / 2, low < middle && middle < high {
      if twoSidedP(middle) > tail { low = middle } else { high = middle }
    }
    return high
  }
}

/// The regularized incomplete beta function I_x(a, ½), with 1 − x as `complement`.
private func regularizedBeta(x: Double, complement: Double, a: Double) -> Double {
  guard x > 0 else { return 0 }
  guard complement > 0 else { return 1 }
  let b = 0.5
  // The logarithm of a number near 1 follows from its distance to 1.
  func logarithm(_ number: Double, complement: Double) -> Double { number > 0.5 ? log1p(-complement) : log(number) }
  let powers = a * logarithm(x, complement: complement) + b * logarithm(complement, complement: x)
  let front = exp(powers - logBeta(a))
  // The fraction converges fast below the mean of the distribution; above it, I_x(a, b) = 1 − I_1−x(b, a).
  return x < (a + 1) / (a + b + 2)
    ? front * betaFraction(x, a, b) / a : 1 - front * betaFraction(complement, b, a) / b
}

/// ln B(a, ½) = ln Γ(½) − ln(Γ(a + ½)/Γ(a)). For a large a, the difference of the two logarithms would be lost in them; its
/// asymptotic series is exact there.
private func logBeta(_ a: Double) -> Double {
  guard a > 500 else { return log(Double.pi) / 2 - (lgamma(a + 0.5) - lgamma(a)) }
  let square = 1 / (a * a)
  let series = (1 / 8.0 - square * (1 / 192.0 - square / 640)) / a
  return log(Double.pi / a) / 2 + series
}

/// The continued fraction of the incomplete beta function, by the modified method of Lentz.
private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  func nonzero(_ number: Double) -> Double { number.magnitude < tiny ? tiny : number }
  var c = 1.0
  var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
  var fraction = d
  for m in 1...100_000 {
    let m = Double(m)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonzero(1 + even * d)
    c = nonzero(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonzero(1 + odd * d)
    c = nonzero(1 + odd / c)
    fraction *= d * c
    if (d * c - 1).magnitude < 1e-16 { break }
  }
  return fraction
}
