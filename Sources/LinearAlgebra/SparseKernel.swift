private import CKernels

/// Where the parts of sparse rows are in memory.
@unsafe
public struct SparseRowPointers<Element: BLASScalar> {
  let starts: UnsafePointer<Int>
  let columns: UnsafePointer<UInt16>
  let bytes: UnsafePointer<UInt8>
  let selection: UnsafePointer<UInt32>
  let count: Int
  let values: UnsafePointer<Element>

  fileprivate var rows: nettrain_sparse_rows {
    unsafe nettrain_sparse_rows(starts: starts, columns: columns, bytes: bytes, selection: selection, count: count)
  }
}

/// Where the panels of a panel matrix are in memory, `[inputs, outputs]`.
@unsafe
public struct PanelPointer<Element: BLASScalar> {
  let start: UnsafeMutablePointer<Element>
  let inputCount: Int
  let outputCount: Int
}

/// Room for an update of a panel matrix, as the C functions describe it.
@unsafe
public struct SparseWorkspacePointers {
  let counts: UnsafeMutablePointer<UInt16>
  let entries: UnsafeMutablePointer<UInt16>
  let deltas: UnsafeMutableRawPointer

  fileprivate var workspace: nettrain_sparse_workspace {
    unsafe nettrain_sparse_workspace(counts: counts, entries: entries, deltas: deltas)
  }
}

extension Double {
  /// C ← scale·x·w + biases, in double precision.
  @unsafe
  public static func sparseProduct(
    of x: SparseRowPointers<Double>, and w: PanelPointer<Double>, scale: Double, biases: UnsafePointer<Double>,
    product: UnsafeMutablePointer<Double>
  ) {
    unsafe nettrain_sparse_product_f64(
      x.rows, x.values, w.start, w.inputCount, w.outputCount, scale, biases, product)
  }

  /// The dense matrix that is equal to x, in double precision.
  @unsafe
  public static func expand(
    _ x: SparseRowPointers<Double>, columnCount: Int, into matrix: UnsafeMutablePointer<Double>
  ) {
    unsafe nettrain_expand_rows_f64(x.rows, x.values, columnCount, matrix)
  }

  /// w ← w + scale·xᵀ·δ, in double precision.
  @unsafe
  public static func addSparseProduct(
    of x: SparseRowPointers<Double>, and delta: UnsafePointer<Double>, scale: Double, to w: PanelPointer<Double>,
    workspace: SparseWorkspacePointers
  ) {
    unsafe nettrain_add_sparse_product_f64(
      x.rows, x.values, delta, scale, w.start, w.inputCount, w.outputCount, workspace.workspace)
  }
}

extension Float {
  /// C ← scale·x·w + biases, in single precision.
  @unsafe
  public static func sparseProduct(
    of x: SparseRowPointers<Float>, and w: PanelPointer<Float>, scale: Float, biases: UnsafePointer<Float>,
    product: UnsafeMutablePointer<Float>
  ) {
    unsafe nettrain_sparse_product_f32(
      x.rows, x.values, w.start, w.inputCount, w.outputCount, scale, biases, product)
  }

  /// The dense matrix that is equal to x, in single precision.
  @unsafe
  public static func expand(
    _ x: SparseRowPointers<Float>, columnCount: Int, into matrix: UnsafeMutablePointer<Float>
  ) {
    unsafe nettrain_expand_rows_f32(x.rows, x.values, columnCount, matrix)
  }

  /// w ← w + scale·xᵀ·δ, in single precision.
  @unsafe
  public static func addSparseProduct(
    of x: SparseRowPointers<Float>, and delta: UnsafePointer<Float>, scale: Float, to w: PanelPointer<Float>,
    workspace: SparseWorkspacePointers
  ) {
    unsafe nettrain_add_sparse_product_f32(
      x.rows, x.values, delta, scale, w.start, w.inputCount, w.outputCount, workspace.workspace)
  }
}
