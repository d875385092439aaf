import Glibc
import LinearAlgebra

/// Softmax outputs under the log-likelihood cost, for targets that sum to 1:
///
///     C = −Σⱼ yⱼ ln aⱼ        δⱼ = c·(aⱼ − yⱼ)        a = softmax(c·z)
///
/// - Source: the book's equations 80 and 84.
enum SoftmaxLogLikelihood: OutputPair {
  /// The cost by log-sum-exp, with m the index of the greatest z:
  ///
  ///     −Σⱼ yⱼ ln aⱼ  =  ln(1 + Σ_{k≠m} e^(c·(zₖ − z_m))) + Σⱼ yⱼ·c·(z_m − zⱼ)
  ///
  /// The sum leaves out its greatest term, 1, which keeps the digits of a cost near 0.
  @inline(__always)
  static func cost<Scalar: BLASScalar>(_ z: Span<Scalar>, targets y: Span<Scalar>, scale c: Double) -> Double {
    let peak = indexOfGreatest(z)
    var cost = log1p(sumOfOtherExponentials(z, peak: peak, scale: c))
    // Where y is 0 the product is 0, even where the difference overflows.
    for index in z.indices where y[index] != 0 {
      cost += Double(y[index]) * (c * (Double(z[peak]) - Double(z[index])))
    }
    return cost
  }

  @inline(__always)
  static func formDelta<Scalar: BLASScalar>(
    _ delta: inout MutableSpan<Scalar>, from first: Int, _ z: Span<Scalar>, targets y: Span<Scalar>, scale c: Scalar
  ) {
    for index in z.indices { delta[first + index] = z[index] }
    let peak = formSoftmax(&delta, from: first, count: z.count, scale: c)
    for index in z.indices where index != peak.index { delta[first + index] = c * (delta[first + index] - y[index]) }
    delta[first + peak.index] = c * ((1 - y[peak.index]) - peak.rest)
  }
}
