import Glibc
import NeuralNetwork

/// The claims about one sigmoid neuron.
extension Claim {
  static let exercise1 = Claim(
    id: "exercise 1", statement: "σ′(z) = σ(z)(1 − σ(z))",
    method: "z from −700 to 700, against five-point differences of σ",
    boundReason: "differences of step 2⁻⁹ lose nine of 53 bits to rounding",
    bound: 1e-11
  ) { _, formulas in
    var measurement = Measurement()
    for z in stride(from: -700.0, through: 700, by: 0.7) {
      // σ(z) = 1 − σ(−z) has the slope of σ at −z, where σ is small and its differences keep their digits.
      let slope = difference(step: 0x1p-9) { Sigmoid(-abs(z) + $0).value }
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
        measurement.require(!exchanged.isFinite)
      }
    }
    return measurement
  }

  static let exercise3 = Claim(
    id: "exercise 3", statement: "0 < y < 1: ∂C/∂a changes sign at a = y, and ∂²C/∂a² > 0 there",
    method: "y from 0.01 to 0.99, ∂C/∂a = δ/σ′(z) on both sides of a = y, and differences of C",
    boundReason: "what is 0 in the mathematics is a rounding error or two of a − y, 2.2e-16 each",
    bound: 1e-15
  ) { _, formulas in
    var measurement = Measurement()
    for y in stride(from: 0.01, through: 0.99, by: 0.01) {
      func z(_ a: Double) -> Double { log(a) - log1p(-a) }
      measurement.add(abs(formulas.crossEntropyDelta(z(y), y)))
      for distance in [1e-6, 0.01, 0.5] {
        let (below, above) = (y - distance * y, y + distance * (1 - y))
        measurement.require(formulas.crossEntropyDelta(z(below), y) < 0)
        measurement.require(formulas.crossEntropyDelta(z(above), y) > 0)
      }
      // The second derivative is y/a² + (1 − y)/(1 − a)² = 1/(y(1 − y)) at a = y.
      let curvature = difference(step: 0x1p-8 * min(y, 1 - y)) { change in
        formulas.crossEntropyDelta(z(y + change), y) / Sigmoid(z(y + change)).slope
      }
      measurement.require(abs(curvature * y * (1 - y) - 1) < 1e-6)
    }
    return measurement
  }
}
