import Glibc

private import COpenBLAS

/// A floating-point type that the BLAS multiplies matrices of: `Double` or `Float`.
///
/// The code above this module is written once, for any `BLASScalar`, and marked `@specialized` for these two
/// where a call enters a module; inside, the compiler then works with plain numbers.
public protocol BLASScalar: BinaryFloatingPoint, Sendable {
  /// The general matrix product of the BLAS, on row-major storage.
  ///
  ///     C ← α·op(A)·op(B) + β·C        op(A) [m, k]   op(B) [k, n]   C [m, n]
  ///
  /// op transposes where the flag says so. The pointers must cover the matrices and C must overlap neither
  /// of the others. With β = 0 the old C is not read: what is not finite in it does not matter.
  @unsafe
  static func gemm(
    m: Int, n: Int, k: Int,
    alpha: Self, a: UnsafePointer<Self>, aIsTransposed: Bool, b: UnsafePointer<Self>, bIsTransposed: Bool,
    beta: Self, c: UnsafeMutablePointer<Self>)

  /// The product of sparse rows x and the weights w of a panel matrix, plus a bias for each column:
  ///
  ///     C ← scale·x·w + biases        x [B, inputs]   w [inputs, outputs]   C [B, outputs]
  @unsafe
  static func sparseProduct(
    of x: SparseRowPointers<Self>, and w: PanelPointer<Self>, scale: Self, biases: UnsafePointer<Self>,
    product: UnsafeMutablePointer<Self>)

  /// Adds the product of sparse rows x, transposed, and errors δ to the weights of a panel matrix:
  ///
  ///     w ← w + scale·xᵀ·δ        x [B, inputs]   δ [B, outputs]   w [inputs, outputs]
  @unsafe
  static func addSparseProduct(
    of x: SparseRowPointers<Self>, and delta: UnsafePointer<Self>, scale: Self, to w: PanelPointer<Self>,
    workspace: SparseWorkspacePointers)

  /// The dense matrix that is equal to sparse rows x, `[B, columnCount]`.
  @unsafe
  static func expand(
    _ x: SparseRowPointers<Self>, columnCount: Int, into matrix: UnsafeMutablePointer<Self>)

  /// Replaces `count` numbers z by σ(z) and stores the slopes σ′(z).
  @unsafe
  static func sigmoid(_ z: UnsafeMutablePointer<Self>, slopes: UnsafeMutablePointer<Self>, count: Int)

  /// eˣ, by the C library.
  static func exponential(_ x: Self) -> Self
}

/// The distance in memory from one row of a row-major operand to the next; the BLAS refuses 0.
private func leadingDimension(_ columns: Int) -> blasint { blasint(max(columns, 1)) }

private func flag(_ isTransposed: Bool) -> CBLAS_TRANSPOSE { isTransposed ? CblasTrans : CblasNoTrans }

extension Double: BLASScalar {
  /// The product of the BLAS routine `cblas_dgemm`.
  @unsafe
  public static func gemm(
    m: Int, n: Int, k: Int,
    alpha: Double, a: UnsafePointer<Double>, aIsTransposed: Bool,
    b: UnsafePointer<Double>, bIsTransposed: Bool,
    beta: Double, c: UnsafeMutablePointer<Double>
  ) {
    unsafe cblas_dgemm(
      CblasRowMajor, flag(aIsTransposed), flag(bIsTransposed), blasint(m), blasint(n), blasint(k),
      alpha, a, leadingDimension(aIsTransposed ? m : k), b, leadingDimension(bIsTransposed ? k : n),
      beta, c, leadingDimension(n))
  }

  /// eˣ, by the C library.
  @inlinable
  public static func exponential(_ x: Double) -> Double { exp(x) }
}

extension Float: BLASScalar {
  /// The product of the BLAS routine `cblas_sgemm`.
  @unsafe
  public static func gemm(
    m: Int, n: Int, k: Int,
    alpha: Float, a: UnsafePointer<Float>, aIsTransposed: Bool,
    b: UnsafePointer<Float>, bIsTransposed: Bool,
    beta: Float, c: UnsafeMutablePointer<Float>
  ) {
    unsafe cblas_sgemm(
      CblasRowMajor, flag(aIsTransposed), flag(bIsTransposed), blasint(m), blasint(n), blasint(k),
      alpha, a, leadingDimension(aIsTransposed ? m : k), b, leadingDimension(bIsTransposed ? k : n),
      beta, c, leadingDimension(n))
  }

  /// eˣ, by the C library.
  @inlinable
  public static func exponential(_ x: Float) -> Float { exp(x) }
}
