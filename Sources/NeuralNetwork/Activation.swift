public import LinearAlgebra

extension Objective {
  /// Replaces weighted inputs, `[B, classes]`, by the outputs of the output layer.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func activate<Scalar: BLASScalar>(_ z: inout Matrix<Scalar>) {
    let width = z.columns
    let scale = Scalar(softmaxScale)
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
