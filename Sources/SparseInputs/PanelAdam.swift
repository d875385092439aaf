public import LinearAlgebra

extension PanelMatrix {
  /// Takes Adam's step, which `UpdateKernels.adam` describes, with the gradient g of sparse rows x and errors δ:
  ///
  ///     g = scale·xᵀ·δ        x [B, inputs]   δ [B, outputs]
  ///
  /// The mean of the gradients and that of their squares have this matrix's shape. The gradient of one input is used
  /// before that of the next is formed, and stored only for more than `CompressedRows.blockSize` rows.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func stepByAdam(
    mean: inout PanelMatrix, square: inout PanelMatrix, of x: SparseRows<Element>, and delta: Matrix<Element>,
    scale: Element, _ step: AdamStep<Element>
  ) {
    precondition(x.source.columnCount == inputCount, "the inner sizes of a product must agree")
    precondition(delta.rows == x.count && delta.columns == outputCount, "an error for each row and neuron")
    precondition(mean.inputCount == inputCount && mean.outputCount == outputCount, "a mean for each weight")
    precondition(square.inputCount == inputCount && square.outputCount == outputCount, "a mean square for each weight")
    foldScale()
    mean.foldScale()
    square.foldScale()
    let (w, m, v) = unsafe (panels.elements, mean.panels.elements, square.panels.elements)
    mean.workspace.reserve(rows: x.count, inputCount: inputCount)
    let isStored = x.count > CompressedRows.blockSize
    let gradient = unsafe isStored ? mean.workspace.zeroGradient(count: w.count) : nil
    unsafe x.withUnsafeRows { x, values in
      unsafe delta.elements.withUnsafeBufferPointer { delta in
        unsafe mean.workspace.withUnsafeWorkspace { workspace in
          if let gradient = unsafe gradient {
            unsafe Element.kernels.addProduct(
              x, values, delta.baseAddress, scale, gradient.baseAddress, inputCount, outputCount, workspace)
            unsafe UpdateKernels.adam(w, gradient: gradient, mean: m, square: v, step)
          } else {
            unsafe Element.kernels.adam(
              x, values, delta.baseAddress, scale, w.baseAddress, m.baseAddress, v.baseAddress, inputCount,
              outputCount, workspace, step.rate, step.root, step.l2, step.l1)
          }
        }
      }
    }
  }
}
