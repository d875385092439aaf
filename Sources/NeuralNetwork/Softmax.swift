import LinearAlgebra

/// What softmax leaves besides its outputs.
struct SoftmaxPeak<Scalar: BLASScalar> {
  /// The index of the greatest output, the lowest of equals.
  var index: Int

  /// 1 less the greatest output, as the sum of all the others: exact where that output rounds to 1.
  var rest: Scalar
}

/// Replaces `count` weighted inputs, from `first` on, by the softmax of them:
///
///     aⱼ = e^(c·(zⱼ − z_max)) / Σₖ e^(c·(zₖ − z_max))
///
/// Taking the greatest away changes nothing in the quotient, and no exponential can then overflow.
/// - Source: the book's equation 78.
@inline(__always)
func formSoftmax<Scalar: BLASScalar>(
  _ z: inout MutableSpan<Scalar>, from first: Int, count: Int, scale c: Scalar
) -> SoftmaxPeak<Scalar> {
  var peak = first
  for index in first..<first + count where z[index] > z[peak] { peak = index }
  let greatest = z[peak]
  var rest: Scalar = 0
  for index in first..<first + count {
    z[index] = Scalar.exponential(c * (z[index] - greatest))
    if index != peak { rest += z[index] }
  }
  let total = z[peak] + rest
  for index in first..<first + count { z[index] /= total }
  return SoftmaxPeak(index: peak, rest: rest / total)
}
