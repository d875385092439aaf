/// Operations that treat a matrix as rows of examples, or element by element.
extension Matrix {
  /// Makes every row a copy of `row`, of `columns` elements.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func fillRows(with row: [Element]) {
    precondition(row.count == columns, "a row has as many elements as the matrix has columns")
    let width = max(columns, 1)
    let source = row.span
    var destination = storage.mutableSpan
    for first in stride(from: 0, to: destination.count, by: width) {
      for column in source.indices { destination[first + column] = source[column] }
    }
  }

  /// Adds the scaled sum of the rows to a vector:
  ///
  ///     vⱼ ← vⱼ + scale·Σᵢ aᵢⱼ
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func addRowSum(to vector: inout [Element], scale: Element) {
    precondition(vector.count == columns, "the sum of the rows has as many elements as the matrix has columns")
    let source = storage.span
    var sum = vector.mutableSpan
    for first in stride(from: 0, to: source.count, by: max(columns, 1)) {
      for column in sum.indices { sum[column] += scale * source[first + column] }
    }
  }

  /// Multiplies each element by that of `other` in the same place: aᵢⱼ ← aᵢⱼ·bᵢⱼ.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func multiplyElements(by other: Matrix) {
    precondition(rows == other.rows && columns == other.columns, "the shapes must agree")
    let factors = other.storage.span
    var elements = storage.mutableSpan
    for index in elements.indices { elements[index] *= factors[index] }
  }

  /// The sum of the squared elements, in double precision and storage order.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func sumOfSquares() -> Double {
    var sum = 0.0
    for element in storage { sum += Double(element) * Double(element) }
    return sum
  }

  /// The sum of the absolute elements, in double precision and storage order.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public func sumOfMagnitudes() -> Double {
    var sum = 0.0
    for element in storage { sum += Double(element).magnitude }
    return sum
  }

  /// Whether every element is finite.
  public var isFinite: Bool {
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    get {
      for element in storage where !element.isFinite { return false }
      return true
    }
  }

  /// The column of the greatest element of a row, the lowest of equals; `nil` where one of them is NaN.
  @inlinable
  public func indexOfMaximum(inRow row: Int) -> Int? {
    precondition(row >= 0 && row < rows && columns > 0, "outside the matrix")
    let elements = storage.span
    let first = row * columns
    var best = 0
    var isOrdered = true
    for column in 0..<columns {
      isOrdered = isOrdered && !elements[first + column].isNaN
      if elements[first + column] > elements[first + best] { best = column }
    }
    return isOrdered ? best : nil
  }
}
