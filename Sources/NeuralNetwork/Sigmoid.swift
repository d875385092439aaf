public import LinearAlgebra

/// The logistic function at a weighted input z: its value, slope and error, from one exponential.
///
///     σ(z) = 1/(1 + e⁻ᶻ)        1 − σ(z) = σ(−z)
///
/// Only e^−|z| is formed, which cannot overflow. No difference from 1 is formed: 1 − σ(z) would round to 0 from
/// z = 37 on (17 in single precision), and so would the slope, which would end the learning there.
///
///     Sigmoid(0.0).value        // 0.5
///     Sigmoid(0.0).slope        // 0.25
/// - Source: chapter 1, equation 3.
public struct Sigmoid<Scalar: BLASScalar> {
  /// σ(−|z|), at most ½: the distance of the output from 0 or 1, whichever is nearer.
  private let tail: Scalar

  /// σ(|z|), at least ½.
  private let head: Scalar

  private let isNegative: Bool

  /// The logistic function at z.
  @inline(__always)
  public init(_ z: Scalar) {
    let exponential = Scalar.exponential(-z.magnitude)
    head = 1 / (1 + exponential)
    tail = exponential * head
    isNegative = z < 0
  }

  /// The output, σ(z).
  @inline(__always)
  public var value: Scalar { isNegative ? tail : head }

  /// The slope, σ′(z) = σ(z)·σ(−z).
  /// - Source: chapter 3, the exercise after equation 62.
  @inline(__always)
  public var slope: Scalar { head * tail }

  /// The output less the target, σ(z) − y, to full precision also where σ(z) rounds to y = 1.
  @inline(__always)
  public func error(target y: Scalar) -> Scalar { isNegative ? tail - y : (1 - y) - tail }
}
