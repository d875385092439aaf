import Glibc
import LinearAlgebra

/// Softmax outputs under the quadratic cost:
///
///     C = ½ Σⱼ (aⱼ − yⱼ)²        δⱼ = c·aⱼ(gⱼ − Σₖ aₖgₖ)        g = a − y, a = softmax(c·z)
///
/// - Source: the chain rule with the derivatives of the exercise on the monotonicity of softmax.
enum SoftmaxQuadratic: OutputPair {
  @inline(__always)
  static func cost<Scalar: BLASScalar>(_ z: Span<Scalar>, targets y: Span<Scalar>, scale c: Double) -> Double {
    let peak = indexOfGreatest(z)
    let others = sumOfOtherExponentials(z, peak: peak, scale: c)
    let greatestError = (1 - Double(y[peak])) - others / (1 + others)
    var cost = greatestError * greatestError / 2
    for index in z.indices where index != peak {
      let error = exp(c * (Double(z[index]) - Double(z[peak]))) / (1 + others) - Double(y[index])
      cost += error * error / 2
    }
    return cost
  }

  /// All g are taken relative to that of the greatest output m: h = g − g_m. Since Σ a = 1 this changes no δ, and it
  /// removes the term of m from the sum, which would drown the others where a_m is almost 1.
  @inline(__always)
  static func formDelta<Scalar: BLASScalar>(
    _ delta: inout MutableSpan<Scalar>, from first: Int, _ z: Span<Scalar>, targets y: Span<Scalar>, scale c: Scalar
  ) {
    for index in z.indices { delta[first + index] = z[index] }
    let peak = formSoftmax(&delta, from: first, count: z.count, scale: c)
    let greatest = (1 - y[peak.index]) - peak.rest
    var mean: Scalar = 0
    for index in z.indices where index != peak.index {
      mean += delta[first + index] * (delta[first + index] - y[index] - greatest)
    }
    for index in z.indices {
      let h = index == peak.index ? 0 : delta[first + index] - y[index] - greatest
      delta[first + index] = c * delta[first + index] * (h - mean)
    }
  }
}
