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
    unsafe apply(Element.activations.sigmoid, slopes: &slopes)
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
    unsafe apply(Element.activations.hyperbolicTangent, slopes: &slopes)
  }

  /// Replaces each element z by max(0, z), and forms the slopes: 1 where z > 0, and otherwise 0. NaN stays NaN.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  public mutating func applyRectifier(slopes: inout Matrix) {
    unsafe apply(Element.activations.rectifier, slopes: &slopes)
  }

  @inline(__always)
  private mutating func apply(_ kernel: ActivationFunctions<Element>.Function, slopes: inout Matrix) {
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

/// The functions of `CKernels` for one floating-point type. Each replaces `count` numbers z and stores the slopes beside.
@unsafe
public struct ActivationFunctions<Element: Sendable> {
  typealias Function = (_ z: UnsafeMutablePointer<Element>, _ slopes: UnsafeMutablePointer<Element>, _ count: Int) ->
    Void

  let sigmoid: Function
  let hyperbolicTangent: Function
  let rectifier: Function
}

extension Double {
  /// The functions for double precision.
  @unsafe public static var activations: ActivationFunctions<Double> {
    unsafe ActivationFunctions(
      sigmoid: nettrain_sigmoid_f64, hyperbolicTangent: nettrain_tanh_f64, rectifier: nettrain_rectifier_f64)
  }
}

extension Float {
  /// The functions for single precision.
  @unsafe public static var activations: ActivationFunctions<Float> {
    unsafe ActivationFunctions(
      sigmoid: nettrain_sigmoid_f32, hyperbolicTangent: nettrain_tanh_f32, rectifier: nettrain_rectifier_f32)
  }
}
