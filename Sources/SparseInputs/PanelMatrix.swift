internal import CKernels
public import LinearAlgebra

/// The weights of a layer whose inputs are mostly 0, `[inputs, outputs]`, stored for products with sparse rows.
///
/// The weights of one input lie side by side, in panels of four vectors of 64 bytes: the sums of a panel's neurons
/// stay in registers while the nonzero inputs of an example are added. The last panel is only as many vectors wide as
/// it must be, and padded with zeros.
///
/// The matrix is scale·panels: weight decay multiplies one number instead of all weights.
public struct PanelMatrix<Element: SparseScalar>: Sendable {
  /// The number of rows, one for each input.
  public let inputCount: Int

  /// The number of columns, one for each neuron.
  public let outputCount: Int

  /// The factor of all stored elements.
  public private(set) var scale: Double

  private(set) var panels: AlignedStorage<Element>
  var workspace = PanelWorkspace<Element>()

  /// Bounds of the scale. Beyond them it is multiplied into the panels, long before a number could get too small.
  private static var scales: ClosedRange<Double> { 0x1p-16...0x1p16 }

  /// Makes a panel matrix of the transpose of a matrix `[outputs, inputs]`, times a scale that is stored beside it.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public init(transposing matrix: Matrix<Element>, scale: Double = 1) {
    self.scale = scale
    inputCount = matrix.columns
    outputCount = matrix.rows
    let lanes = AlignedStorage<Element>.lanes
    panels = AlignedStorage(vectors: (outputCount + lanes - 1) / lanes * inputCount)
    for output in 0..<outputCount {
      for input in 0..<inputCount {
        unsafe panels.elements[index(input: input, output: output)] = matrix[output, input]
      }
    }
  }

  /// The matrix, transposed: `[outputs, inputs]`, each element rounded once.
  public var transposed: Matrix<Element> { transposed(times: scale) }

  /// The stored elements, transposed: `[outputs, inputs]`, without their scale.
  public var unscaledTransposed: Matrix<Element> { transposed(times: 1) }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  private func transposed(times scale: Double) -> Matrix<Element> {
    var matrix = Matrix<Element>(rows: outputCount, columns: inputCount)
    for output in 0..<outputCount {
      for input in 0..<inputCount {
        let element = unsafe panels.elements[index(input: input, output: output)]
        matrix[output, input] = Element(scale * Double(element))
      }
    }
    return matrix
  }

  /// The index of the weight of an input and a neuron in the storage.
  private func index(input: Int, output: Int) -> Int {
    let lanes = AlignedStorage<Element>.lanes
    let panelWidth = nettrain_panel_vectors * lanes
    let first = output / panelWidth * panelWidth
    let width = min(panelWidth, (outputCount - first + lanes - 1) / lanes * lanes)
    return first * inputCount + input * width + (output - first)
  }

  /// The sum of the squared elements, in double precision and storage order.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func sumOfSquares() -> Double {
    let sum = unsafe panels.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    return scale * scale * sum
  }

  /// The sum of the absolute elements, in double precision and storage order.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func sumOfMagnitudes() -> Double {
    let sum = unsafe panels.elements.reduce(0.0) { $0 + Double($1).magnitude }
    return scale * sum
  }

  /// Whether every element is finite.
  public var isFinite: Bool {
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    get {
      unsafe panels.elements.allSatisfy { Element(scale * Double($0)).isFinite }
    }
  }

  /// Makes a matrix the product of sparse rows x and this matrix w, plus a bias for each column:
  ///
  ///     C ← x·w + biases        x [B, inputs]   biases [outputs]   C [B, outputs]
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func formProduct(_ product: inout Matrix<Element>, of x: SparseRows<Element>, adding biases: [Element]) {
    precondition(x.source.columnCount == inputCount, "the inner sizes of a product must agree")
    precondition(product.rows == x.count && product.columns == outputCount, "the destination has the product's shape")
    precondition(biases.count == outputCount, "a bias for each neuron")
    unsafe x.withUnsafeRows { x, values in
      unsafe biases.withUnsafeBufferPointer { biases in
        product.withMutableElements { product in
          unsafe product.withUnsafeMutableBufferPointer { product in
            unsafe Element.kernels.formProduct(
              x, values, panels.elements.baseAddress, inputCount, outputCount, Element(scale), biases.baseAddress,
              product.baseAddress)
          }
        }
      }
    }
  }

  /// Adds a product of sparse rows x and errors δ to what is retained of this matrix w:
  ///
  ///     w ← retain·w + scale·xᵀ·δ        x [B, inputs]   δ [B, outputs]
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func addProduct(
    of x: SparseRows<Element>, and delta: Matrix<Element>, scale factor: Element, retaining retain: Element
  ) {
    precondition(x.source.columnCount == inputCount, "the inner sizes of a product must agree")
    precondition(delta.rows == x.count && delta.columns == outputCount, "an error for each row and neuron")
    makeUnique()
    scale *= Double(retain)
    if !Self.scales.contains(scale) { foldScale() }
    let factor = Element(Double(factor) / scale)
    workspace.reserve(rows: x.count, inputCount: inputCount)
    unsafe x.withUnsafeRows { x, values in
      unsafe delta.elements.withUnsafeBufferPointer { delta in
        unsafe workspace.withUnsafeWorkspace { workspace in
          unsafe Element.kernels.addProduct(
            x, values, delta.baseAddress, factor, panels.elements.baseAddress, inputCount, outputCount, workspace)
        }
      }
    }
  }

  /// Calls `body` with the stored elements, padding included, to be changed in place. The scale is 1.
  @unsafe
  public mutating func withUnsafeMutableElements(_ body: (UnsafeMutableBufferPointer<Element>) -> Void) {
    foldScale()
    unsafe body(panels.elements)
  }

  /// Calls `body` with the stored elements, padding included, which are to be multiplied by the scale.
  @unsafe
  public mutating func withUnsafeMutableUnscaledElements(_ body: (UnsafeMutableBufferPointer<Element>) -> Void) {
    makeUnique()
    unsafe body(panels.elements)
  }

  /// Makes the scale 1, and the storage one that no other value has.
  mutating func foldScale() {
    makeUnique()
    guard scale != 1 else { return }
    let factor = Element(scale)
    for index in unsafe panels.elements.indices { unsafe panels.elements[index] *= factor }
    scale = 1
  }

  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&panels) { panels = AlignedStorage(panels) }
  }
}
