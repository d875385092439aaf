import LinearAlgebra

/// Linear outputs under the quadratic cost:
///
///     C = ½ Σⱼ (zⱼ − yⱼ)²        δⱼ = zⱼ − yⱼ
///
/// - Source: chapter 3, the problem on linear neurons in the output layer.
enum LinearQuadratic: NeuronPair {
  @inline(__always)
  static func cost(_ z: Double, target y: Double) -> Double { (z - y) * (z - y) / 2 }

  @inline(__always)
  static func delta<Scalar: BLASScalar>(_ z: Scalar, target y: Scalar) -> Scalar { z - y }
}
