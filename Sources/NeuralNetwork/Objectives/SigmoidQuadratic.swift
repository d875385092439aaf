import LinearAlgebra

/// Sigmoid outputs under the quadratic cost:
///
///     C = ½ Σⱼ (aⱼ − yⱼ)²        δⱼ = (aⱼ − yⱼ)·σ′(zⱼ)        a = σ(z)
///
/// The factor σ′(z) is small where a neuron is saturated: it learns slowly there, however wrong it is.
/// - Source: the book's equations 54 to 56.
enum SigmoidQuadratic: NeuronPair {
  @inline(__always)
  static func cost(_ z: Double, target y: Double) -> Double {
    let error = Sigmoid(z).error(target: y)
    return error * error / 2
  }

  @inline(__always)
  static func delta<Scalar: BLASScalar>(_ z: Scalar, target y: Scalar) -> Scalar {
    let sigmoid = Sigmoid(z)
    return sigmoid.error(target: y) * sigmoid.slope
  }
}
