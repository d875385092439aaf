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
    precondition(rows == slopes.rows && columns == slopes.columns, "the shapes must agree")
    withMutableElements { z in
      slopes.withMutableElements { slopes in
        unsafe z.withUnsafeMutableBufferPointer { z in
          unsafe slopes.withUnsafeMutableBufferPointer { slopes in
            guard let z = z.baseAddress, let slopesStart = slopes.baseAddress else { return }
            unsafe Element.sigmoid(z, slopes: slopesStart, count: slopes.count)
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
}

extension Float {
  /// σ and σ′ of many numbers, in single precision.
  @unsafe
  public static func sigmoid(_ z: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>, count: Int) {
    unsafe nettrain_sigmoid_f32(z, slopes, count)
  }
}
