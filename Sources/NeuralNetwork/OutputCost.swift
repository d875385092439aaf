import Glibc
public import LinearAlgebra

extension Objective {
  /// The cost of a mini-batch, summed over its examples, in double precision and in a fixed order.
  ///
  /// It is finite wherever the true cost is: it is computed from z, and no logarithm of an output is taken. A sum that
  /// is not finite means that training has diverged.
  ///
  /// - Parameters:
  ///   - z: The weighted inputs of the output layer, `[B, classes]`.
  ///   - y: The targets, `[B, classes]`; with softmax each row sums to 1.
  /// - Returns: Σₓ Cₓ over the examples x.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func cost<Scalar: BLASScalar>(weightedInputs z: Matrix<Scalar>, targets y: Matrix<Scalar>) -> Double {
    precondition(y.rows == z.rows && y.columns == z.columns, "a target for each weighted input")
    let width = z.columns
    let (z, y) = (z.elements, y.elements)
    var sum = 0.0
    switch pair {
    case .sigmoidQuadratic:
      for index in z.indices {
        let error = Sigmoid(Double(z[index])).error(target: Double(y[index]))
        sum += error * error / 2
      }
    case .sigmoidCrossEntropy:
      for index in z.indices { sum += crossEntropy(weightedInput: Double(z[index]), target: Double(y[index])) }
    case .linearQuadratic:
      for index in z.indices {
        let error = Double(z[index]) - Double(y[index])
        sum += error * error / 2
      }
    case .softmaxLogLikelihood:
      for first in stride(from: 0, to: z.count, by: width) {
        sum += logLikelihoodCost(z.span, targets: y.span, first..<first + width, scale: softmaxScale)
      }
    case .softmaxQuadratic:
      for first in stride(from: 0, to: z.count, by: width) {
        sum += softmaxQuadraticCost(z.span, targets: y.span, first..<first + width, scale: softmaxScale)
      }
    }
    return sum
  }
}

/// The cross-entropy of a sigmoid neuron, from its weighted input z and its target y.
///
///     −[y ln σ(z) + (1 − y) ln(1 − σ(z))]  =  z(1 − y) + ln(1 + e⁻ᶻ)  =  −zy + ln(1 + eᶻ)
///
/// The first form serves z > 0 and the second z ≤ 0: neither overflows nor loses digits to a difference.
/// - Source: the book's equation 63, for one neuron and one example.
func crossEntropy(weightedInput z: Double, target y: Double) -> Double {
  z > 0 ? z * (1 - y) + log1p(exp(-z)) : -z * y + log1p(exp(z))
}

/// The log-likelihood cost of one example under softmax outputs, for targets y that sum to 1:
///
///     −Σⱼ yⱼ ln aⱼ  =  ln(1 + Σ_{k≠m} e^(c·(zₖ − z_m))) + Σⱼ yⱼ·c·(z_m − zⱼ)        m: the greatest z
///
/// The sum without its greatest term keeps the digits of a cost near 0.
/// - Source: the book's equation 80.
@inline(__always)
private func logLikelihoodCost<Scalar: BLASScalar>(
  _ z: Span<Scalar>, targets y: Span<Scalar>, _ row: Range<Int>, scale c: Double
) -> Double {
  let peak = indexOfGreatest(z, row)
  var cost = log1p(sumOfOtherExponentials(z, row, peak: peak, scale: c))
  // Where y is 0 the product is 0, even where the difference overflows.
  for index in row where y[index] != 0 {
    cost += Double(y[index]) * (c * (Double(z[peak]) - Double(z[index])))
  }
  return cost
}

/// The quadratic cost of one example under softmax outputs: ½ Σⱼ (aⱼ − yⱼ)².
@inline(__always)
private func softmaxQuadraticCost<Scalar: BLASScalar>(
  _ z: Span<Scalar>, targets y: Span<Scalar>, _ row: Range<Int>, scale c: Double
) -> Double {
  let peak = indexOfGreatest(z, row)
  let others = sumOfOtherExponentials(z, row, peak: peak, scale: c)
  let greatestError = (1 - Double(y[peak])) - others / (1 + others)
  var cost = greatestError * greatestError / 2
  for index in row where index != peak {
    let error = exp(c * (Double(z[index]) - Double(z[peak]))) / (1 + others) - Double(y[index])
    cost += error * error / 2
  }
  return cost
}

@inline(__always)
private func indexOfGreatest<Scalar: BLASScalar>(_ z: Span<Scalar>, _ row: Range<Int>) -> Int {
  var peak = row.lowerBound
  for index in row where z[index] > z[peak] { peak = index }
  return peak
}

/// Σ_{k≠m} e^(c·(zₖ − z_m)); not a number, if one of the z is none.
@inline(__always)
private func sumOfOtherExponentials<Scalar: BLASScalar>(
  _ z: Span<Scalar>, _ row: Range<Int>, peak: Int, scale c: Double
) -> Double {
  var sum = 0.0
  for index in row where index != peak { sum += exp(c * (Double(z[index]) - Double(z[peak]))) }
  return sum
}
