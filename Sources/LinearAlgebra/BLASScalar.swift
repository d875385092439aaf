import Glibc

private import COpenBLAS

/// A floating-point type that the BLAS multiplies matrices of: `Double` or `Float`.
///
/// Code above this module is generic over the scalar and marked `@specialized` for both types where a call enters a
/// module; within a module the compiler specializes by itself.
public protocol BLASScalar: BinaryFloatingPoint, Sendable {
  /// The precision of this type.
  static var precision: Precision { get }

  /// The general matrix product of the BLAS, on row-major storage:
  ///
  ///     C ← α·op(A)·op(B) + β·C        op(A) [m, k]   op(B) [k, n]   C [m, n]
  ///
  /// op transposes where the flag says so. The pointers must cover the matrices, and C must not overlap A or B. With
  /// β = 0 the old C is not read, so NaN in it does no harm.
  @unsafe
  static func gemm(
    m: Int, n: Int, k: Int,
    alpha: Self, a: UnsafePointer<Self>, aIsTransposed: Bool, b: UnsafePointer<Self>, bIsTransposed: Bool,
    beta: Self, c: UnsafeMutablePointer<Self>)

  /// The activation functions of many numbers, with their slopes.
  @unsafe static var activations: ActivationFunctions<Self> { get }

  /// The functions that update numbers one by one.
  @unsafe static var updates: UpdateFunctions<Self> { get }

  /// eˣ, by the C library.
  static func exponential(_ x: Self) -> Self
}

/// The distance in memory from one row of a row-major operand to the next; the BLAS refuses 0.
private func leadingDimension(_ columns: Int) -> blasint { blasint(max(columns, 1)) }

private func flag(_ isTransposed: Bool) -> CBLAS_TRANSPOSE { isTransposed ? CblasTrans : CblasNoTrans }

extension Double: BLASScalar {
  /// Double precision.
  public static var precision: Precision { .double }

  /// The product by `cblas_dgemm`.
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
  /// Single precision.
  public static var precision: Precision { .single }

  /// The product by `cblas_sgemm`.
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
