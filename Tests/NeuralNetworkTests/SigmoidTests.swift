import NeuralNetwork
import Testing

#if arch(x86_64)
  import Glibc

  /// The logistic function in the wider type that x86-64 has: the reference for `Double`.
  func logistic(_ z: Float80) -> Float80 { 1 / (1 + expl(-z)) }

  @Suite("Sigmoid") struct SigmoidTests {
    private let weightedInputs = stride(from: -700.0, through: 700, by: 0.37).map { $0 }

    /// The distance of a number from its exact value, in units in the last place.
    private func ulps(_ number: Double, _ exact: Float80) -> Double {
      Double((Float80(number) - exact).magnitude) / Double(exact).ulp
    }

    @Test("output and slope are within 3 ulp over the whole range, tails included")
    func accuracy() {
      for z in weightedInputs {
        let sigmoid = Sigmoid(z)
        let (value, opposite) = (logistic(Float80(z)), logistic(-Float80(z)))
        #expect(ulps(sigmoid.value, value) < 3, "σ(\(z))")
        #expect(ulps(sigmoid.slope, value * opposite) < 3, "σ′(\(z))")
      }
    }

    @Test("the error is exact also where the output rounds to its target")
    func error() {
      for z in weightedInputs {
        #expect(ulps(Sigmoid(z).error(target: 1), -logistic(-Float80(z))) < 3, "σ(\(z)) − 1")
        #expect(ulps(Sigmoid(z).error(target: 0), logistic(Float80(z))) < 3, "σ(\(z)) − 0")
      }
      #expect(Sigmoid(40.0).value == 1)
      #expect(Sigmoid(40.0).error(target: 1) < 0)
    }
  }
#endif

@Test("beyond the exponential's range the output is 0 or 1 and never anything else")
func sigmoidOfHugeInputs() {
  #expect(Sigmoid(1e300).value == 1)
  #expect(Sigmoid(-1e300).value == 0)
  #expect(Sigmoid(-1e300).slope == 0)
  #expect(Sigmoid(Float(-200)).value == 0)
  #expect(Sigmoid(Double.nan).value.isNaN)
}
