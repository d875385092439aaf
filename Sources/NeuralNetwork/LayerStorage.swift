import LinearAlgebra
import SparseInputs

/// The numbers of a layer in memory, for updates that change them one by one.
extension Layer {
  /// Calls `body` with all weights, once they are stored without a factor.
  @unsafe
  mutating func withUnsafeMutableWeights(_ body: (UpdateKernels<Scalar>.Numbers) -> Void) {
    unsafe form.withUnsafeMutableElements(scaled: false) { weights, _ in unsafe body(weights) }
  }

  /// Calls `body` with all weights as they are stored, and the factor that they are to be multiplied by.
  @unsafe
  mutating func withUnsafeMutableStoredWeights(_ body: (UpdateKernels<Scalar>.Numbers, _ scale: Double) -> Void) {
    unsafe form.withUnsafeMutableElements(scaled: true, body)
  }

  /// Calls `body` with the biases.
  @unsafe
  mutating func withUnsafeMutableBiases(_ body: (UpdateKernels<Scalar>.Numbers) -> Void) {
    unsafe biases.withUnsafeMutableBufferPointer { unsafe body($0) }
  }
}

extension LayerWeights {
  /// Calls `body` with weights in panels.
  mutating func withPanels(_ body: (inout PanelMatrix<Scalar>) -> Void) {
    // The payload is moved out and back: with a second owner, its storage would be copied.
    var form = LayerWeights.rows(Matrix(rows: 0, columns: 0))
    swap(&form, &self)
    guard case .panels(var w) = consume form else { preconditionFailure("weights in panels take sparse inputs") }
    body(&w)
    self = .panels(w)
  }

  @unsafe
  fileprivate mutating func withUnsafeMutableElements(
    scaled: Bool, _ body: (UpdateKernels<Scalar>.Numbers, _ scale: Double) -> Void
  ) {
    // The payload is moved out and back: with a second owner, its storage would be copied.
    var form = LayerWeights.rows(Matrix(rows: 0, columns: 0))
    swap(&form, &self)
    switch consume form {
    case .rows(var w):
      w.withMutableElements { span in
        unsafe span.withUnsafeMutableBufferPointer { unsafe body($0, 1) }
      }
      self = .rows(w)
    case .panels(var w):
      if scaled {
        let scale = w.scale
        unsafe w.withUnsafeMutableUnscaledElements { unsafe body($0, scale) }
      } else {
        unsafe w.withUnsafeMutableElements { unsafe body($0, 1) }
      }
      self = .panels(w)
    }
  }
}
