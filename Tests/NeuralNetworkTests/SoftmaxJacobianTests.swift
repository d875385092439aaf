import Foundation
import NeuralNetwork
import Testing

@Suite("Softmax and its Jacobian") struct SoftmaxJacobianTests {
  @Test("hand-worked values: softmax of (0, ln 3) is (¼, ¾), and its derivatives are ±3/16")
  func byHand() {
    let z = [0, log(3.0)]
    for (a, expected) in zip(Softmax.outputs(z), [0.25, 0.75]) { #expect(abs(a - expected) < 1e-15) }
    for (slope, sign) in zip(Softmax.jacobian(z).elements, [1.0, -1, -1, 1]) {
      #expect(abs(slope - sign * 3 / 16) < 1e-15)
    }
    for (slope, sign) in zip(Softmax.jacobian([0, log(3.0) / 2], scale: 2).elements, [1.0, -1, -1, 1]) {
      #expect(abs(slope - sign * 2 * 3 / 16) < 1e-15)
    }
  }

  @Test("the derivative of an output that rounds to 1 is what the others have, not 0")
  func saturated() {
    let jacobian = Softmax.jacobian([50, 0])
    #expect(Softmax.outputs([50, 0])[0] == 1)
    #expect(abs(jacobian[0, 0] / exp(-50) - 1) < 1e-14)
    #expect(jacobian[0, 0] == -jacobian[0, 1])
  }

  @Test("weighted inputs come back from the outputs up to a constant")
  func inverse() {
    let z = [0.5, -2, 3]
    let back = Softmax.weightedInputs(outputs: Softmax.outputs(z))
    for (before, after) in zip(z, back) { #expect(abs((before - after) - (z[0] - back[0])) < 1e-14) }
  }
}
