import LinearAlgebra

/// The activation function of hidden neurons.
///
/// | case | a | slope |
/// |---|---|---|
/// | sigmoid | σ(z) = 1/(1 + e⁻ᶻ) | σ(z)·σ(−z) |
/// | tanh | tanh z | 1 − tanh² z |
/// | relu | max(0, z) | 1 where z > 0, and otherwise 0 |
///
/// - Source: chapter 3, "Other models of artificial neuron", equations 109 to 112.
public enum Activation: String, CaseIterable, Codable, Sendable {
  /// The logistic function.
  case sigmoid
  /// The hyperbolic tangent.
  case tanh
  /// The rectifier; its neurons are called rectified linear units.
  case relu

  /// Replaces weighted inputs z, `[B, neurons]`, by activations, and forms the slopes that the backward pass needs.
  func apply<Scalar: BLASScalar>(to z: inout Matrix<Scalar>, slopes: inout Matrix<Scalar>) {
    switch self {
    case .sigmoid: z.applySigmoid(slopes: &slopes)
    case .tanh: z.applyHyperbolicTangent(slopes: &slopes)
    case .relu: z.applyRectifier(slopes: &slopes)
    }
  }
}
