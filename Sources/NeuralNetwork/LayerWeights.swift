import LinearAlgebra
import SparseInputs

/// The weights of a layer, in the form that its inputs ask for.
///
/// Weights in rows take dense inputs and weights in panels sparse ones. Other inputs are a programming error: converting
/// them would cost more than the product.
enum LayerWeights<Scalar: SparseScalar>: Sendable {
  /// `[out, in]`: row j holds the weights of neuron j.
  case rows(Matrix<Scalar>)
  /// `[in, out]`, in panels of neurons.
  case panels(PanelMatrix<Scalar>)

  /// The weights as a matrix `[out, in]`; those in panels are copied.
  var matrix: Matrix<Scalar> {
    switch self {
    case .rows(let matrix): matrix
    case .panels(let panels): panels.transposed
    }
  }

  /// The number of inputs.
  var inputCount: Int {
    switch self {
    case .rows(let matrix): matrix.columns
    case .panels(let panels): panels.inputCount
    }
  }

  /// The sum of the squared weights.
  var sumOfSquares: Double {
    switch self {
    case .rows(let matrix): matrix.sumOfSquares()
    case .panels(let panels): panels.sumOfSquares()
    }
  }

  /// The sum of the absolute weights.
  var sumOfMagnitudes: Double {
    switch self {
    case .rows(let matrix): matrix.sumOfMagnitudes()
    case .panels(let panels): panels.sumOfMagnitudes()
    }
  }

  /// Whether every weight is finite.
  var isFinite: Bool {
    switch self {
    case .rows(let matrix): matrix.isFinite
    case .panels(let panels): panels.isFinite
    }
  }

  /// Makes z the product a·wᵀ of inputs and weights, plus the biases of the neurons.
  func formProduct(_ z: inout Matrix<Scalar>, of a: InputRows<Scalar>, adding biases: [Scalar]) {
    switch (self, a) {
    case (.rows(let w), .dense(let a)):
      z.fillRows(with: biases)
      z.formProduct(of: a, and: w.transposed, retaining: 1)
    case (.panels(let w), .sparse(let a)):
      w.formProduct(&z, of: a, adding: biases)
    default:
      preconditionFailure("weights in rows take dense inputs, and weights in panels sparse ones")
    }
  }

  /// w ← retain·w + scale·δᵀ·a, in place.
  mutating func addProduct(
    of delta: Matrix<Scalar>, and a: InputRows<Scalar>, scale: Scalar, retaining retain: Scalar
  ) {
    // The payload is moved out and back: with a second owner, its storage would be copied.
    var form = LayerWeights.rows(Matrix(rows: 0, columns: 0))
    swap(&form, &self)
    switch consume form {
    case .rows(var w):
      guard case .dense(let a) = a else { preconditionFailure("weights in rows take dense inputs") }
      w.formProduct(of: delta.transposed, and: a, scale: scale, retaining: retain)
      self = .rows(w)
    case .panels(var w):
      guard case .sparse(let a) = a else { preconditionFailure("weights in panels take sparse inputs") }
      w.addProduct(of: a, and: delta, scale: scale, retaining: retain)
      self = .panels(w)
    }
  }
}
