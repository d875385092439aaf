public import LinearAlgebra
public import SparseInputs

/// The buffers of a forward and a backward pass, allocated once and used for every mini-batch.
public struct Workspace<Scalar: SparseScalar>: Sendable {
  /// The results of the passes at a hidden layer; all `[B, neurons]`.
  struct HiddenLayer: Sendable {
    /// The activations a = σ(z).
    var activations: Matrix<Scalar>
    /// The slopes σ′(z).
    var slopes: Matrix<Scalar>
    /// The errors δ = ∂C/∂z.
    var delta: Matrix<Scalar>
  }

  var hidden: [HiddenLayer]

  /// The weighted inputs z of the output layer, `[B, classes]`, from the last forward pass.
  public internal(set) var weightedInputs: Matrix<Scalar>

  /// The error of the output layer, δ = ∂C/∂z, `[B, classes]`: an objective forms it, the backward pass reads it.
  public var delta: Matrix<Scalar>

  /// Buffers for mini-batches of at most `capacity` examples in a network of the given sizes, inputs first.
  public init(for sizes: [Int], capacity: Int) {
    precondition(sizes.count > 1, "a network has inputs and an output layer")
    // Each buffer is allocated by itself: one that shared its storage would be copied in the first step.
    func buffer(_ columns: Int) -> Matrix<Scalar> { Matrix(rows: capacity, columns: columns) }
    hidden = sizes[1..<sizes.count - 1].map { size in
      HiddenLayer(activations: buffer(size), slopes: buffer(size), delta: buffer(size))
    }
    weightedInputs = buffer(sizes[sizes.count - 1])
    delta = buffer(sizes[sizes.count - 1])
  }

  /// Makes all buffers fit a mini-batch of `count` examples.
  mutating func resize(to count: Int) {
    for index in hidden.indices {
      hidden[index].activations.resize(rows: count)
      hidden[index].slopes.resize(rows: count)
      hidden[index].delta.resize(rows: count)
    }
    weightedInputs.resize(rows: count)
    delta.resize(rows: count)
  }
}
