public import LinearAlgebra

/// The function of the output layer, from its weighted inputs z to its activations a.
public enum OutputLayer: String, CaseIterable, Codable, Sendable {
  /// aⱼ = σ(zⱼ): each output is a yes-or-no question of its own.
  case sigmoid
  /// aⱼ = e^(c·zⱼ) / Σₖ e^(c·zₖ): the outputs are the probabilities of the classes and sum to 1.
  case softmax
  /// aⱼ = zⱼ.
  case linear
}

extension Objective {
  /// Replaces the weighted inputs of the output layer, `[B, classes]`, by its activations.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func activate<Scalar: BLASScalar>(_ z: inout Matrix<Scalar>) {
    let (width, scale) = (z.columns, Scalar(softmaxScale))
    z.withMutableElements { z in
      switch output {
      case .sigmoid:
        for index in z.indices { z[index] = Sigmoid(z[index]).value }
      case .softmax:
        for first in stride(from: 0, to: z.count, by: width) {
          _ = formSoftmax(&z, from: first, count: width, scale: scale)
        }
      case .linear:
        break
      }
    }
  }
}
