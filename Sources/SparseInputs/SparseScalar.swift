internal import CKernels
public import LinearAlgebra

/// A floating-point type that the kernels for sparse inputs work with: `Double` or `Float`.
public protocol SparseScalar: BLASScalar {
  /// The functions of `CKernels` for this type.
  @unsafe static var kernels: SparseKernels<Self> { get }
}

/// The functions of `CKernels` for one floating-point type; `sparse_product.h` describes them.
@unsafe
public struct SparseKernels<Element: SparseScalar> {
  typealias Input = UnsafePointer<Element>?
  typealias Output = UnsafeMutablePointer<Element>?

  /// product ← scale·x·w + biases
  let formProduct:
    (
      _ x: nettrain_sparse_rows, _ values: Input, _ w: Input, _ inputs: Int, _ outputs: Int, _ scale: Element,
      _ biases: Input, _ product: Output
    ) -> Void
  /// w ← w + scale·xᵀ·δ
  let addProduct:
    (
      _ x: nettrain_sparse_rows, _ values: Input, _ delta: Input, _ scale: Element, _ w: Output, _ inputs: Int,
      _ outputs: Int, _ workspace: nettrain_sparse_workspace
    ) -> Void
  /// Adam's step with the gradient scale·xᵀ·δ
  let adam:
    (
      _ x: nettrain_sparse_rows, _ values: Input, _ delta: Input, _ scale: Element, _ w: Output, _ m: Output,
      _ v: Output, _ inputs: Int, _ outputs: Int, _ workspace: nettrain_sparse_workspace, _ rate: Element,
      _ root: Element, _ l2: Element, _ l1: Element
    ) -> Void
  /// dense ← x
  let expand: (_ x: nettrain_sparse_rows, _ values: Input, _ inputs: Int, _ dense: Output) -> Void
}

extension Double: SparseScalar {
  /// The functions for double precision.
  @unsafe public static var kernels: SparseKernels<Double> {
    unsafe SparseKernels(
      formProduct: nettrain_sparse_product_f64, addProduct: nettrain_add_sparse_product_f64,
      adam: nettrain_sparse_adam_f64, expand: nettrain_expand_rows_f64)
  }
}

extension Float: SparseScalar {
  /// The functions for single precision.
  @unsafe public static var kernels: SparseKernels<Float> {
    unsafe SparseKernels(
      formProduct: nettrain_sparse_product_f32, addProduct: nettrain_add_sparse_product_f32,
      adam: nettrain_sparse_adam_f32, expand: nettrain_expand_rows_f32)
  }
}
