import LinearAlgebra

/// A pair of output layer and cost: the cost of an example and its error, side by side.
///
/// z are the weighted inputs of the output layer, y the targets, a the activations, `[classes]` each; c is the softmax
/// scale, which the other output layers ignore.
protocol OutputPair {
  /// The cost C of an example, in double precision.
  static func cost<Scalar: BLASScalar>(_ z: Span<Scalar>, targets y: Span<Scalar>, scale c: Double) -> Double

  /// Forms the error of an example, δ = ∂C/∂z, in `delta` from `first` on.
  static func formDelta<Scalar: BLASScalar>(
    _ delta: inout MutableSpan<Scalar>, from first: Int, _ z: Span<Scalar>, targets y: Span<Scalar>, scale c: Scalar)
}

/// A pair whose outputs do not depend on each other: its cost is a sum over the neurons.
protocol NeuronPair: OutputPair {
  /// The cost of a neuron.
  static func cost(_ z: Double, target y: Double) -> Double

  /// The error of a neuron, δ = ∂C/∂z.
  static func delta<Scalar: BLASScalar>(_ z: Scalar, target y: Scalar) -> Scalar
}

extension NeuronPair {
  @inline(__always)
  static func cost<Scalar: BLASScalar>(_ z: Span<Scalar>, targets y: Span<Scalar>, scale c: Double) -> Double {
    var sum = 0.0
    for index in z.indices { sum += cost(Double(z[index]), target: Double(y[index])) }
    return sum
  }

  @inline(__always)
  static func formDelta<Scalar: BLASScalar>(
    _ delta: inout MutableSpan<Scalar>, from first: Int, _ z: Span<Scalar>, targets y: Span<Scalar>, scale c: Scalar
  ) {
    for index in z.indices { delta[first + index] = self.delta(z[index], target: y[index]) }
  }
}
