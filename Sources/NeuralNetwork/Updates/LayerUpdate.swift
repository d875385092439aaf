public import LinearAlgebra
public import SparseInputs

/// A method of training: it turns the error and the inputs of a layer into new weights.
///
/// The backward pass calls it once for each layer, from the output layer down. The error of the layer below has been
/// formed by then, so the weights may change.
public protocol LayerUpdate<Scalar> {
  /// The type of the weights.
  associatedtype Scalar: SparseScalar

  /// The numbers that the method keeps beside the weights from step to step: networks of the network's sizes.
  var moments: [Network<Scalar>] { get }

  /// Updates a layer for a mini-batch.
  ///
  /// - Parameters:
  ///   - layer: The layer, the `index`-th of its network.
  ///   - index: The position of the layer, counted from the inputs.
  ///   - delta: The error δ = ∂C/∂z of the layer for each example, `[B, out]`.
  ///   - a: The inputs of the layer, `[B, in]`.
  mutating func update(
    _ layer: inout Layer<Scalar>, at index: Int, delta: Matrix<Scalar>, inputs a: InputRows<Scalar>)
}

extension LayerUpdate {
  /// Nothing.
  public var moments: [Network<Scalar>] { [] }
}
