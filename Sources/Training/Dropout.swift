import Datasets
import LinearAlgebra
import SparseInputs

/// The hidden neurons that a training step leaves out, drawn anew for each example.
///
/// A neuron of a layer with the share p is left out with probability p; the activation of any other is multiplied by
/// 1/(1 − p) meanwhile. So the expectation of an activation is unchanged, and a network in use leaves nothing out.
///
/// An example's draws follow from the seed, the epoch and the position of the example in the training data alone, not from
/// the mini-batch that it is in.
/// - Source: chapter 3, "Other techniques for regularization"; N. Srivastava et al., "Dropout: a simple way to prevent
///   neural networks from overfitting", JMLR 15, 2014, section 10 for the factor.
struct Dropout<Scalar: SparseScalar>: Sendable {
  /// The factor of each activation, 0 or 1/(1 − p): `[B, neurons]` for each hidden layer.
  private(set) var masks: [Matrix<Scalar>]

  private let shares: [Double]
  private let seed: UInt64

  /// Masks for the mini-batches of a training.
  init(_ configuration: TrainingConfiguration) {
    (shares, seed) = (configuration.dropout, configuration.seed)
    masks = configuration.hidden.map { Matrix(rows: configuration.batchSize, columns: $0) }
  }

  /// Draws the masks of a mini-batch, a row for each example.
  /// - Parameters:
  ///   - positions: The positions of the examples in the training data.
  ///   - epoch: The epoch, counted from 1.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  mutating func draw(_ positions: ArraySlice<UInt32>, epoch: Int) {
    let streams = ExampleStreams(seed: seed, purpose: .dropout, epoch: epoch - 1)
    for index in masks.indices { masks[index].resize(rows: positions.count) }
    for (row, position) in positions.enumerated() {
      var generator = streams[position]
      for (index, share) in shares.enumerated() {
        let width = masks[index].columns
        let kept = Scalar(1 / (1 - share))
        masks[index].withMutableElements { mask in
          generator.drawMask(&mask, in: row * width..<(row + 1) * width, probability: share, value: kept)
        }
      }
    }
  }
}

extension TrainingConfiguration {
  /// True if some layer has neurons left out.
  var usesDropout: Bool { dropout.contains { $0 > 0 } }
}
