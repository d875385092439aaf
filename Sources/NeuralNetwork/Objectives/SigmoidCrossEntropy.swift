import Glibc
import LinearAlgebra

/// Sigmoid outputs under the cross-entropy:
///
///     C = −Σⱼ [yⱼ ln aⱼ + (1 − yⱼ) ln(1 − aⱼ)]        δⱼ = aⱼ − yⱼ        a = σ(z)
///
/// The factor σ′(z) of the quadratic cost is gone from the error.
/// - Source: the book's equations 63 and 71.
enum SigmoidCrossEntropy: NeuronPair {
  /// The cost of a neuron, without its output:
  ///
  ///     −[y ln σ(z) + (1 − y) ln(1 − σ(z))]  =  z(1 − y) + ln(1 + e⁻ᶻ)  =  −zy + ln(1 + eᶻ)
  ///
  /// The first form serves z > 0 and the second z ≤ 0: neither overflows or cancels.
  @inline(__always)
  static func cost(_ z: Double, target y: Double) -> Double {
    z > 0 ? z * (1 - y) + log1p(exp(-z)) : -z * y + log1p(exp(z))
  }

  @inline(__always)
  static func delta<Scalar: BLASScalar>(_ z: Scalar, target y: Scalar) -> Scalar { Sigmoid(z).error(target: y) }
}
