private import CKernels

/// The weights of a layer whose inputs are mostly 0, `[inputs, outputs]`, as its products want them.
///
/// The weights of one input lie side by side, in panels of four vectors of 64 bytes: the sums for a panel's neurons
/// then stay in registers while the nonzero inputs of an example go by. The last panel is as many vectors wide as
/// it must be, and filled up with zeros.
///
/// The matrix is scale·panels: weight decay multiplies the one number and leaves the others alone.
public struct PanelMatrix<Element: BLASScalar>: Sendable {
  /// The number of rows, one for each input.
  public let inputCount: Int

  /// The number of columns, one for each neuron.
  public let outputCount: Int

  private var panels: AlignedStorage<Element>

  /// The number that all stored elements stand to be multiplied by.
  public private(set) var scale = 1.0

  private var workspace = SparseWorkspace<Element>()

  /// Bounds of the scale. Beyond them it is multiplied into the panels, long before a number could get too small.
  private static var scales: ClosedRange<Double> { 0x1p-16...0x1p16 }

  /// Makes a panel matrix of the transpose of a matrix `[outputs, inputs]`, times a scale that is stored beside it.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public init(transposing matrix: Matrix<Element>, scale: Double = 1) {
    self.scale = scale
    inputCount = matrix.columns
    outputCount = matrix.rows
    let lanes = AlignedStorage<Element>.vectorCount
    panels = AlignedStorage(vectors: (outputCount + lanes - 1) / lanes * inputCount)
    for output in 0..<outputCount {
      for input in 0..<inputCount {
        unsafe panels.elements[place(input: input, output: output)] = matrix[output, input]
      }
    }
  }

  /// The matrix, transposed: `[outputs, inputs]`, each element rounded once.
  public var transposed: Matrix<Element> { transposed(times: scale) }

  /// The elements as they are stored, transposed: `[outputs, inputs]`, without their scale.
  public var unscaledTransposed: Matrix<Element> { transposed(times: 1) }

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  private func transposed(times scale: Double) -> Matrix<Element> {
    var matrix = Matrix<Element>(rows: outputCount, columns: inputCount)
    for output in 0..<outputCount {
      for input in 0..<inputCount {
        let element = unsafe panels.elements[place(input: input, output: output)]
        matrix[output, input] = Element(scale * Double(element))
      }
    }
    return matrix
  }

  /// Where the weight of an input and a neuron is.
  private func place(input: Int, output: Int) -> Int {
    let lanes = AlignedStorage<Element>.vectorCount
    let panelWidth = 4 * lanes
    let first = output / panelWidth * panelWidth
    let width = min(panelWidth, (outputCount - first + lanes - 1) / lanes * lanes)
    return first * inputCount + input * width + (output - first)
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
    defer { withExtendedLifetime(panels) {} }
    unsafe x.withUnsafePointers { x in
      unsafe biases.withUnsafeBufferPointer { biases in
        product.withMutableElements { product in
          unsafe product.withUnsafeMutableBufferPointer { product in
            guard let biases = biases.baseAddress, let product = product.baseAddress else { return }
            guard let w = unsafe panelPointer else { return }
            unsafe Element.sparseProduct(of: x, and: w, scale: Element(scale), biases: biases, product: product)
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
    scale *= Double(retain)
    if !Self.scales.contains(scale) { foldScale() }
    let factor = Element(Double(factor) / scale)
    workspace.reserve(rows: x.count, inputCount: inputCount)
    makeUnique()
    let w = unsafe panelPointer
    defer { withExtendedLifetime(panels) {} }
    unsafe x.withUnsafePointers { x in
      unsafe delta.elements.withUnsafeBufferPointer { delta in
        unsafe workspace.withUnsafePointers { workspace in
          guard let delta = delta.baseAddress, let w = unsafe w else { return }
          unsafe Element.addSparseProduct(of: x, and: delta, scale: factor, to: w, workspace: workspace)
        }
      }
    }
  }

  private mutating func foldScale() {
    makeUnique()
    let factor = Element(scale)
    for index in unsafe panels.elements.indices { unsafe panels.elements[index] *= factor }
    scale = 1
  }

  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&panels) { panels = AlignedStorage(panels) }
  }

  @unsafe private var panelPointer: PanelPointer<Element>? {
    guard let start = unsafe panels.elements.baseAddress else { return nil }
    return unsafe PanelPointer(start: start, inputCount: inputCount, outputCount: outputCount)
  }
}
