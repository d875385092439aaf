public import LinearAlgebra

/// The saturation of sigmoid neurons over a number of examples. It slows learning down under a cost whose error has the
/// factor σ′(z).
/// - Source: chapter 3, "The cross-entropy cost function".
public struct Saturation: Codable, Equatable, Sendable {
  /// The sum of σ′(z).
  public private(set) var slopeSum = 0.0

  /// The number of outputs within 0.01 of 0 or 1.
  public private(set) var saturatedCount = 0

  /// The number of outputs.
  public private(set) var count = 0

  /// Nothing measured yet.
  public init() {}

  /// The mean of σ′(z), at most ¼.
  public var meanSlope: Double { slopeSum / Double(count) }

  /// The share of outputs within 0.01 of 0 or 1, where σ′(z) is below a 25th of its greatest value.
  public var saturatedShare: Double { Double(saturatedCount) / Double(count) }

  /// Adds the weighted inputs z of sigmoid neurons, `[B, neurons]`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func add<Scalar: BLASScalar>(_ z: Matrix<Scalar>) {
    let slopeAtLimit: Scalar = 0.01 * 0.99
    for z in z.elements {
      let slope = Sigmoid(z).slope
      slopeSum += Double(slope)
      if slope <= slopeAtLimit { saturatedCount += 1 }
    }
    count += z.elements.count
  }
}
