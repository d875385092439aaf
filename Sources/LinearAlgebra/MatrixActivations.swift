private import CKernels

extension Matrix {
  /// Replaces each element z by the logistic function of it, and forms the slopes:
  ///
  ///     σ(z) = 1/(1 + e⁻ᶻ)        σ′(z) = σ(z)·σ(−z)
  ///
  /// No difference from 1 is formed, so a slope keeps its digits where σ(z) rounds to 1. A vectorized kernel of
  /// `CKernels` computes the exponential; σ is within 4 ulp and σ′ within 6 where they are normal numbers.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func applySigmoid(slopes: inout Matrix) {
    unsafe apply(slopes: &slopes) { unsafe Element.sigmoid($0, slopes: $1, count: $2) }
  }

  /// Replaces each element z by its hyperbolic tangent, and forms the slopes:
  ///
  ///     tanh z = (1 − e⁻²ᶻ)/(1 + e⁻²ᶻ)        tanh′ z = 1 − tanh² z = 4e⁻²ᶻ/(1 + e⁻²ᶻ)²
  ///
  /// Neither cancels: small z keep their digits, and so do slopes where tanh z rounds to 1. Within 4 and 8 ulp where they
  /// are normal numbers.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func applyHyperbolicTangent(slopes: inout Matrix) {
    unsafe apply(slopes: &slopes) { unsafe Element.hyperbolicTangent($0, slopes: $1, count: $2) }
  }

  /// Replaces each element z by max(0, z), and forms the slopes: 1 where z > 0, and otherwise 0. NaN stays NaN.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func applyRectifier(slopes: inout Matrix) {
    unsafe apply(slopes: &slopes) { unsafe Element.rectifier($0, slopes: $1, count: $2) }
  }

  @inline(__always)
  private mutating func apply(
    slopes: inout Matrix, _ kernel: (UnsafeMutablePointer<Element>, UnsafeMutablePointer<Element>, Int) -> Void
  ) {
    precondition(rows == slopes.rows && columns == slopes.columns, "the shapes must agree")
    withMutableElements { z in
      slopes.withMutableElements { slopes in
        unsafe z.withUnsafeMutableBufferPointer { z in
          unsafe slopes.withUnsafeMutableBufferPointer { slopes in
            guard let z = z.baseAddress, let slopesStart = slopes.baseAddress else { return }
            unsafe kernel(z, slopesStart, slopes.count)
          }
        }
      }
    }
  }
}

extension Double {
  /// σ and σ′ of many numbers, in double precision.
  @unsafe
  public static func sigmoid(_ z: UnsafeMutablePointer<Double>, slopes: UnsafeMutablePointer<Double>, count: Int) {
    unsafe nettrain_sigmoid_f64(z, slopes, count)
  }

  /// tanh and its slope of many numbers, in double precision.
  @unsafe
  public static func hyperbolicTangent(
    _ z: UnsafeMutablePointer<Double>, slopes: UnsafeMutablePointer<Double>, count: Int
  ) {
    unsafe nettrain_tanh_f64(z, slopes, count)
  }

  /// max(0, z) and its slope of many numbers, in double precision.
  @unsafe
  public static func rectifier(_ z: UnsafeMutablePointer<Double>, slopes: UnsafeMutablePointer<Double>, count: Int) {
    unsafe nettrain_rectifier_f64(z, slopes, count)
  }
}

extension Float {
  /// σ and σ′ of many numbers, in single precision.
  @unsafe
  public static func sigmoid(_ z: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>, count: Int) {
    unsafe nettrain_sigmoid_f32(z, slopes, count)
  }

  /// tanh and its slope of many numbers, in single precision.
  @unsafe
  public static func hyperbolicTangent(
    _ z: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>, count: Int
  ) {
    unsafe nettrain_tanh_f32(z, slopes, count)
  }

  /// max(0, z) and its slope of many numbers, in single precision.
  @unsafe
  public static func rectifier(_ z: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>, count: Int) {
    unsafe nettrain_rectifier_f32(z, slopes, count)
  }
}
