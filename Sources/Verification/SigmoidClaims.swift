import Glibc
import NeuralNetwork

/// The claims about one sigmoid neuron.
extension Claim {
  static let exercise1 = Claim(
    id: "exercise 1", statement: "σ′(z) = σ(z)(1 − σ(z))",
    method: "z from −700 to 700, against five-point differences of σ",
    boundReason: "differences of step 2⁻¹⁰ are off by 2.2e-16·2¹⁰ = 2.3e-13 by rounding, a few times",
    bound: 2e-12
  ) { _, formulas in
    var measurement = Measurement()
    for z in stride(from: -700.0, through: 700, by: 0.7) {
      // σ(z) = 1 − σ(−z) has the slope of σ at −z, where σ is small and its differences keep their digits.
      let slope = difference(step: 0x1p-10) { Sigmoid(-abs(z) + $0).value }
      measurement.add(abs(formulas.sigmoidSlope(z) - slope) / slope)
    }
    return measurement
  }

  static let exercise2 = Claim(
    id: "exercise 2",
    statement: "−[y ln a + (1−y) ln(1−a)] is finite at y = 0 and 1; −[a ln y + (1−a) ln(1−y)] is not",
    method: "y = 0 and 1, z from −1e300 to 1e300, against −ln of the output",
    boundReason: "a logarithm and an exponential, each within an ulp or two of 2.2e-16",
    bound: 2e-15
  ) { _, formulas in
    var measurement = Measurement()
    let moderate = stride(from: -740.0, through: 740, by: 0.37).map { $0 }
    for z in moderate + [-1e300, -1e5, 1e5, 1e300] {
      for y in [0.0, 1] {
        let cost = formulas.crossEntropy(z, y)
        // The output on the side of the target; its distance from 1 is the output on the other side.
        let side = y == 1 ? z : -z
        let exact = side < -700 ? -side : side < 0 ? -log(Sigmoid(side).value) : -log1p(-Sigmoid(-side).value)
        measurement.add(exact == 0 ? cost : abs(cost - exact) / exact)
        let a = Sigmoid(z).value
        let exchanged = -(a * log(y) + (1 - a) * log(1 - y))
        measurement.require(
          exchanged == .infinity || a == 0 || a == 1, "the exchanged form is infinite for 0 < a < 1")
      }
    }
    return measurement
  }

  static let exercise3 = Claim(
    id: "exercise 3", statement: "0 < y < 1: ∂C/∂a = (a−y)/(a(1−a)) changes sign at a = y, and ∂²C/∂a² > 0 there",
    method: "y from 0.01 to 0.99, a on both sides of it: δ against a(1−a) times differences of C by a",
    boundReason: "differences of relative step 2⁻⁸ are off by 2e-10 by the method, and δ is at most 1",
    bound: 2e-9
  ) { _, formulas in
    var measurement = Measurement()
    var curvatureError = 0.0
    for y in stride(from: 0.01, through: 0.99, by: 0.01) {
      func z(_ a: Double) -> Double { log(a) - log1p(-a) }
      func cost(_ a: Double) -> Double { formulas.crossEntropy(z(a), y) }
      for distance in [-0.5, -0.01, 0, 0.01, 0.5] {
        let a = y + distance * (distance < 0 ? y : 1 - y)
        let delta = formulas.crossEntropyDelta(z(a), y)
        let slope = difference(step: 0x1p-8 * min(a, 1 - a)) { cost(a + $0) }
        measurement.add(abs(delta - a * (1 - a) * slope))
        guard distance != 0 else { continue }
        measurement.require((delta < 0) == (distance < 0), "∂C/∂a has the sign of a − y")
        measurement.require(cost(a) > cost(y), "C is least at a = y")
      }
      // ∂²C/∂a² = 1/(y(1 − y)) at a = y.
      let h = 0x1p-8 * min(y, 1 - y)
      let curvature = (cost(y + h) - 2 * cost(y) + cost(y - h)) / (h * h)
      curvatureError = max(curvatureError, abs(curvature * y * (1 - y) - 1))
    }
    measurement.require(curvatureError < 1e-4, "∂²C/∂a² is 1/(y(1−y)) at a = y")
    measurement.details.append(Detail(name: "∂²C/∂a² by differences, relative error", value: curvatureError))
    return measurement
  }
}
