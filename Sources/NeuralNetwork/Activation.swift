import LinearAlgebra

/// The activation function of hidden neurons.
public enum Activation: String, CaseIterable, Codable, Sendable {
  /// a = σ(z), the logistic function.
  case sigmoid

  /// Replaces weighted inputs z, `[B, neurons]`, by activations, and forms the slopes that the backward pass needs.
  func apply<Scalar: BLASScalar>(to z: inout Matrix<Scalar>, slopes: inout Matrix<Scalar>) {
    switch self {
    case .sigmoid: z.applySigmoid(slopes: &slopes)
    }
  }
}
