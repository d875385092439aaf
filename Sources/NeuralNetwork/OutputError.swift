public import LinearAlgebra

extension Objective {
  /// Forms the error of the output layer, δ = ∂C/∂z, for each example.
  ///
  /// - Parameters:
  ///   - delta: The errors, `[B, classes]`; what it held does not matter.
  ///   - z: The weighted inputs of the output layer, `[B, classes]`.
  ///   - y: The targets, `[B, classes]`; with softmax each row sums to 1, or c·(a − y) would not be the derivative.
  /// - Source: the book's BP1a with equations 71 (cross-entropy) and 84 (softmax), and the problem on linear neurons.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func formDelta<Scalar: BLASScalar>(
    _ delta: inout Matrix<Scalar>, weightedInputs z: Matrix<Scalar>, targets y: Matrix<Scalar>
  ) {
    precondition(delta.rows == z.rows && delta.columns == z.columns, "an error for each weighted input")
    precondition(y.rows == z.rows && y.columns == z.columns, "a target for each weighted input")
    let width = z.columns
    let scale = Scalar(softmaxScale)
    let (z, y) = (z.elements, y.elements)
    delta.withMutableElements { delta in
      switch pair {
      case .sigmoidQuadratic:
        for index in delta.indices {
          let sigmoid = Sigmoid(z[index])
          delta[index] = sigmoid.error(target: y[index]) * sigmoid.slope
        }
      case .sigmoidCrossEntropy:
        for index in delta.indices { delta[index] = Sigmoid(z[index]).error(target: y[index]) }
      case .linearQuadratic:
        for index in delta.indices { delta[index] = z[index] - y[index] }
      case .softmaxLogLikelihood, .softmaxQuadratic:
        for index in delta.indices { delta[index] = z[index] }
        for first in stride(from: 0, to: delta.count, by: width) {
          let peak = formSoftmax(&delta, from: first, count: width, scale: scale)
          let row = first..<first + width
          if pair == .softmaxQuadratic {
            formSoftmaxQuadraticError(&delta, row, peak: peak, targets: y.span, scale: scale)
          } else {
            for index in row where index != peak.index { delta[index] = scale * (delta[index] - y[index]) }
            delta[peak.index] = scale * ((1 - y[peak.index]) - peak.rest)
          }
        }
      }
    }
  }
}

/// Replaces the softmax outputs of a row by the error of the quadratic cost:
///
///     δⱼ = c·aⱼ(gⱼ − Σₖ aₖgₖ)        g = a − y
///
/// All g are taken relative to that of the greatest output m: h = g − g_m. Since Σ a = 1 this changes no δ, and the
/// term of m, which would drown the others where a_m is almost 1, is gone from the sum.
@inline(__always)
private func formSoftmaxQuadraticError<Scalar: BLASScalar>(
  _ a: inout MutableSpan<Scalar>, _ row: Range<Int>, peak: SoftmaxPeak<Scalar>, targets y: Span<Scalar>,
  scale c: Scalar
) {
  let greatest = (1 - y[peak.index]) - peak.rest
  var mean: Scalar = 0
  for index in row where index != peak.index { mean += a[index] * (a[index] - y[index] - greatest) }
  for index in row {
    let h = index == peak.index ? 0 : a[index] - y[index] - greatest
    a[index] = c * a[index] * (h - mean)
  }
}
