import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

@Test("the mean slope and the share of saturated neurons are over all outputs added")
func saturation() {
  var saturation = Saturation()
  // σ(0) = ½ with slope ¼; σ(±ln 3) has 3/16; σ(±ln 99) is 0.01 from 1 or 0, σ(±ln 100) is nearer.
  saturation.add(Matrix<Double>(rows: 2, columns: 2, elements: [0, log(3), -log(3), log(98)]))
  saturation.add(Matrix<Double>(rows: 1, columns: 2, elements: [log(100), -log(100)]))
  let slopes: [Double] = [0.25, 3 / 16, 3 / 16, 98 / 9801, 100 / 10201, 100 / 10201]
  let mean = slopes.reduce(0, +) / 6
  #expect(abs(saturation.meanSlope - mean) < 1e-15)
  let share = 2.0 / 6
  #expect(saturation.saturatedShare == share)
}
