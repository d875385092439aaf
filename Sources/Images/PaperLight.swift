/// The light of the paper at each pixel of a picture: step 3 of the preparation.
///
/// A photo is lighter on one side than on the other. A polynomial is fitted to the pixels that are paper, those near the
/// fit before: first a plane to the border of the picture, then curved surfaces to all of it.
enum PaperLight {
  /// The fits: the samples they are made from, the degree of the polynomial, and how near to the fit before a sample is, as
  /// the range of the residuals divided by a number.
  private static let rounds: [(takesBorder: Bool, degree: Int, divisor: Double)] = [
    (true, 1, 3), (true, 1, 3), (false, 2, 3), (false, 2, 4), (false, 4, 4), (false, 4, 5),
  ]

  /// The light of the paper, from 0 to 255, row by row.
  static func light(of picture: Grid<Int>) -> [Double] {
    let (height, width) = (picture.height, picture.width)
    let (ring, step) = (max(1, min(height, width) / 16), (max(height, width) + 63) / 64)
    var samples: [Double] = []
    var isBorder: [Bool] = []
    for y in stride(from: 0, to: height, by: step) {
      for x in stride(from: 0, to: width, by: step) {
        samples.append(Double(picture[y, x]))
        isBorder.append(x < ring || x >= width - ring || y < ring || y >= height - ring)
      }
    }
    let border = zip(samples, isBorder).filter(\.1).map(\.0).sorted()
    let median = border[border.count / 2]
    if 2 * border.count(where: { ($0 - median).magnitude <= 4 }) > border.count {
      return Array(repeating: median, count: height * width)
    }
    let terms = Polynomial(height: height, width: width)
    let places = stride(from: 0, to: height, by: step).flatMap { y in
      stride(from: 0, to: width, by: step).map { terms.values(y, $0) }
    }
    var fitted = Array(repeating: median, count: samples.count)
    var coefficients: [Double] = []
    for round in rounds {
      let residuals = zip(samples, fitted).map { $0 - $1 }
      let range = (residuals.max() ?? 0) - (residuals.min() ?? 0)
      let tolerance = range / round.divisor + 2
      let members = samples.indices.filter {
        residuals[$0].magnitude <= tolerance && (isBorder[$0] || !round.takesBorder)
      }
      coefficients = fit(members.map { places[$0] }, members.map { samples[$0] }, round.degree, of: samples.count)
      fitted = places.map { Polynomial.value(coefficients, $0) }
    }
    return (0..<height).flatMap { y in
      (0..<width).map { min(255, max(0, Polynomial.value(coefficients, terms.values(y, $0)))) }
    }
  }

  /// The coefficients c of the least squares, (Σ t·tᵀ + 10⁻⁶·N·I) c = Σ t·v. The second term makes the matrix definite, also
  /// where there are fewer samples than terms.
  private static func fit(_ places: [[Double]], _ values: [Double], _ degree: Int, of count: Int) -> [Double] {
    let size = (degree + 1) * (degree + 2) / 2
    var matrix = Array(repeating: Array(repeating: 0.0, count: size), count: size)
    var right = Array(repeating: 0.0, count: size)
    for (terms, value) in zip(places, values) {
      for i in 0..<size {
        for j in 0..<size { matrix[i][j] += terms[i] * terms[j] }
        right[i] += terms[i] * value
      }
    }
    for i in 0..<size { matrix[i][i] += 1e-6 * Double(count) }
    return solution(matrix, right)
  }

  /// Gaussian elimination without pivots, which a symmetric and positive definite matrix does not need.
  private static func solution(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (matrix, right) = (matrix, right)
    let size = right.count
    for i in 0..<size {
      for j in i + 1..<size {
        let factor = matrix[j][i] / matrix[i][i]
        for k in i..<size { matrix[j][k] -= factor * matrix[i][k] }
        right[j] -= factor * right[i]
      }
    }
    for i in (0..<size).reversed() {
      for k in i + 1..<size { right[i] -= matrix[i][k] * right[k] }
      right[i] /= matrix[i][i]
    }
    return right
  }
}

/// The terms 1; X, Y; X², XY, Y²; … up to degree 4 at the pixels of a picture, whose X and Y go from −1 to 1.
private struct Polynomial {
  private let powersOfX: [[Double]]
  private let powersOfY: [[Double]]

  init(height: Int, width: Int) {
    func powers(_ count: Int) -> [[Double]] {
      (0..<count).map { place in
        let z = Double(2 * place + 1 - count) / Double(count)
        return (1...4).reduce(into: [1]) { powers, _ in powers.append(powers[powers.count - 1] * z) }
      }
    }
    (powersOfX, powersOfY) = (powers(width), powers(height))
  }

  /// The values of the terms at a pixel.
  func values(_ y: Int, _ x: Int) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(15)
    for degree in 0...4 {
      for i in 0...degree { values.append(powersOfX[x][degree - i] * powersOfY[y][i]) }
    }
    return values
  }

  /// The value of a polynomial with as many terms as it has coefficients.
  static func value(_ coefficients: [Double], _ terms: [Double]) -> Double {
    var value = 0.0
    for (coefficient, term) in zip(coefficients, terms) { value += coefficient * term }
    return value
  }
}
