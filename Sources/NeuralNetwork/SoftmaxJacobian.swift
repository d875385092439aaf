import Glibc
public import LinearAlgebra

/// Softmax as a function of one example's weighted inputs: its values, its derivatives and its inverse.
///
/// Training does not need these; they are for looking at softmax itself.
public enum Softmax {
  /// The outputs aⱼ = e^(c·zⱼ) / Σₖ e^(c·zₖ), by the code that trains.
  /// - Source: the book's equation 78; c is that of the problem on where the name comes from.
  public static func outputs(_ z: [Double], scale c: Double = 1) -> [Double] {
    var a = z
    var span = a.mutableSpan
    _ = formSoftmax(&span, from: 0, count: span.count, scale: c)
    return a
  }

  /// The derivatives of the outputs by the weighted inputs, `[K, K]`:
  ///
  ///     ∂aⱼ/∂zₖ = c·aⱼ(δⱼₖ − aₖ)
  ///
  /// On the diagonal 1 − aⱼ of the greatest output is the sum of the others, which stays exact where aⱼ rounds to 1.
  /// - Source: chapter 3, the exercise on the monotonicity of softmax.
  public static func jacobian(_ z: [Double], scale c: Double = 1) -> Matrix<Double> {
    var a = z
    var span = a.mutableSpan
    let peak = formSoftmax(&span, from: 0, count: span.count, scale: c)
    var jacobian = Matrix<Double>(rows: a.count, columns: a.count)
    for j in a.indices {
      for k in a.indices { jacobian[j, k] = -c * a[j] * a[k] }
      jacobian[j, j] = c * a[j] * (j == peak.index ? peak.rest : 1 - a[j])
    }
    return jacobian
  }

  /// Weighted inputs that give the outputs `a`, all positive: zⱼ = ln aⱼ. Any constant may be added to all of them.
  /// - Source: chapter 3, the exercise on inverting the softmax layer.
  public static func weightedInputs(outputs a: [Double]) -> [Double] { a.map { log($0) } }
}
