/// A matrix read as its transpose, without moving an element.
public struct Transposed<Element: BLASScalar>: Sendable {
  let matrix: Matrix<Element>
}

extension Matrix {
  /// This matrix with rows and columns exchanged, as an operand of a product.
  public var transposed: Transposed<Element> { Transposed(matrix: self) }

  /// Makes this matrix a product, added to what is retained of it:
  ///
  ///     C ← retain·C + scale·A·B        A [m, k]   B [k, n]   C [m, n]
  ///
  /// Either operand may be `transposed`. With retain = 0, the default, the old elements are not read.
  public mutating func formProduct(
    of a: Matrix, and b: Matrix, scale: Element = 1, retaining retain: Element = 0
  ) {
    multiply(a, aIsTransposed: false, b, bIsTransposed: false, scale: scale, retain: retain)
  }

  /// C ← retain·C + scale·A·Bᵀ, with A `[m, k]`, B `[n, k]` and C `[m, n]`.
  public mutating func formProduct(
    of a: Matrix, and b: Transposed<Element>, scale: Element = 1, retaining retain: Element = 0
  ) {
    multiply(a, aIsTransposed: false, b.matrix, bIsTransposed: true, scale: scale, retain: retain)
  }

  /// C ← retain·C + scale·Aᵀ·B, with A `[k, m]`, B `[k, n]` and C `[m, n]`.
  public mutating func formProduct(
    of a: Transposed<Element>, and b: Matrix, scale: Element = 1, retaining retain: Element = 0
  ) {
    multiply(a.matrix, aIsTransposed: true, b, bIsTransposed: false, scale: scale, retain: retain)
  }

  /// C ← retain·C + scale·Aᵀ·Bᵀ, with A `[k, m]`, B `[n, k]` and C `[m, n]`.
  public mutating func formProduct(
    of a: Transposed<Element>, and b: Transposed<Element>, scale: Element = 1, retaining retain: Element = 0
  ) {
    multiply(a.matrix, aIsTransposed: true, b.matrix, bIsTransposed: true, scale: scale, retain: retain)
  }

  /// Checks the shapes and calls the BLAS.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  private mutating func multiply(
    _ a: Matrix, aIsTransposed: Bool, _ b: Matrix, bIsTransposed: Bool, scale: Element, retain: Element
  ) {
    let (m, k) = aIsTransposed ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = bIsTransposed ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(k == inner, "the inner sizes of a product must agree")
    precondition(rows == m && columns == n, "the destination must have the product's shape")
    precondition(m > 0 && n > 0 && k > 0, "no operand of a product is empty")
    unsafe a.storage.withUnsafeBufferPointer { a in
      unsafe b.storage.withUnsafeBufferPointer { b in
        unsafe storage.withUnsafeMutableBufferPointer { c in
          // baseAddress is non-nil: emptiness was checked above.
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          unsafe Element.gemm(
            m: m, n: n, k: k, alpha: scale, a: a, aIsTransposed: aIsTransposed, b: b,
            bIsTransposed: bIsTransposed, beta: retain, c: c)
        }
      }
    }
  }
}
