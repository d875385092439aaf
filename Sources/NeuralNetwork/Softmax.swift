import Glibc
public import LinearAlgebra

/// Softmax as a function of one example's weighted inputs: its outputs, its derivatives and its inverse.
///
/// Training does not use these; the claims of the chapter do.
public enum Softmax {
  /// The outputs aⱼ = e^(c·zⱼ) / Σₖ e^(c·zₖ), by the code that trains.
  /// - Source: the book's equation 78; c is that of the problem on where the name comes from.
  public static func outputs(_ z: [Double], scale c: Double = 1) -> [Double] {
    var a = z
    var span = a.mutableSpan
    _ = formSoftmax(&span, from: 0, count: z.count, scale: c)
    return a
  }

  /// The derivatives of the outputs by the weighted inputs, `[K, K]`:
  ///
  ///     ∂aⱼ/∂zₖ = c·aⱼ(δⱼₖ − aₖ)
  ///
  /// On the diagonal, 1 − aⱼ of the greatest output is the sum of the others, which stays exact where aⱼ rounds to 1.
  /// - Source: chapter 3, the exercise on the monotonicity of softmax.
  public static func jacobian(_ z: [Double], scale c: Double = 1) -> Matrix<Double> {
    var a = z
    var span = a.mutableSpan
    let peak = formSoftmax(&span, from: 0, count: z.count, scale: c)
    var jacobian = Matrix<Double>(rows: a.count, columns: a.count)
    for j in a.indices {
      for k in a.indices { jacobian[j, k] = -c * a[j] * a[k] }
      jacobian[j, j] = c * a[j] * (j == peak.index ? peak.rest : 1 - a[j])
    }
    return jacobian
  }

  /// Weighted inputs that give the outputs `a`, all positive: zⱼ = ln aⱼ. Any constant may be added to all of them.
  /// - Source: chapter 3, the exercise on inverting the softmax layer.
  public static func weightedInputs(outputs a: [Double]) -> [Double] { a.map { log($0) } }
}

/// The greatest output of a softmax.
struct SoftmaxPeak<Scalar: BLASScalar> {
  /// Its index among the outputs of its example, the lowest of equals.
  var index: Int

  /// 1 − a of it, as the sum of all other outputs: exact where a rounds to 1.
  var rest: Scalar
}

/// Replaces the weighted inputs of an example, `count` of them from `first` on, by the softmax of them:
///
///     aⱼ = e^(c·(zⱼ − z_max)) / Σₖ e^(c·(zₖ − z_max))
///
/// Subtracting the greatest changes no quotient, and no exponential can then overflow.
/// - Source: the book's equation 78.
@inline(__always)
func formSoftmax<Scalar: BLASScalar>(
  _ z: inout MutableSpan<Scalar>, from first: Int, count: Int, scale c: Scalar
) -> SoftmaxPeak<Scalar> {
  let row = first..<first + count
  let peak = first + indexOfGreatest(z.span.extracting(row))
  let greatest = z[peak]
  var rest: Scalar = 0
  for index in row {
    z[index] = Scalar.exponential(c * (z[index] - greatest))
    if index != peak { rest += z[index] }
  }
  let total = z[peak] + rest
  for index in row { z[index] /= total }
  return SoftmaxPeak(index: peak - first, rest: rest / total)
}

/// The index of the greatest z, the lowest of equals.
@inline(__always)
func indexOfGreatest<Scalar: BLASScalar>(_ z: Span<Scalar>) -> Int {
  var peak = 0
  for index in z.indices where z[index] > z[peak] { peak = index }
  return peak
}

/// Σ_{k≠m} e^(c·(zₖ − z_m)) with m the index of the greatest z; NaN if one of the z is NaN.
@inline(__always)
func sumOfOtherExponentials<Scalar: BLASScalar>(_ z: Span<Scalar>, peak: Int, scale c: Double) -> Double {
  var sum = 0.0
  for index in z.indices where index != peak { sum += exp(c * (Double(z[index]) - Double(z[peak]))) }
  return sum
}
