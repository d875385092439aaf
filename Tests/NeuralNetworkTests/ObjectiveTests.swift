import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Objectives") struct ObjectiveTests {
  @Test("there are five pairs of output and cost")
  func pairs() {
    #expect(
      Objective.all.map { "\($0.output) \($0.cost)" } == [
        "sigmoid quadratic", "sigmoid crossEntropy", "softmax quadratic", "softmax crossEntropy",
        "linear quadratic",
      ])
  }

  @Test("linear outputs with cross-entropy are refused when the pair is made")
  func undefined() {
    #expect(throws: ObjectiveError.undefinedCost) {
      try Objective(output: .linear, cost: .crossEntropy)
    }
  }

  @Test("a softmax scale is positive, finite and softmax's alone")
  func scales() {
    #expect(throws: ObjectiveError.scaleWithoutSoftmax) {
      try Objective(output: .sigmoid, cost: .quadratic, softmaxScale: 2)
    }
    for scale in [0, -1, .infinity, .nan] {
      #expect(throws: ObjectiveError.unusableScale) {
        try Objective(output: .softmax, cost: .quadratic, softmaxScale: scale)
      }
    }
  }

  @Test("smoothed targets lean to 1/K for softmax and linear outputs and to one half for sigmoid")
  func targets() throws {
    let softmax = try Objective(output: .softmax, cost: .crossEntropy).targets(classCount: 4, smoothing: 0.2)
    #expect(abs(softmax.hit - 0.85) < 1e-15)
    #expect(abs(softmax.miss - 0.05) < 1e-15)
    let sigmoid = try Objective(output: .sigmoid, cost: .quadratic).targets(classCount: 4, smoothing: 0.2)
    #expect(abs(sigmoid.hit - 0.9) < 1e-15)
    #expect(abs(sigmoid.miss - 0.1) < 1e-15)
    let plain = try Objective(output: .linear, cost: .quadratic).targets(classCount: 4, smoothing: 0)
    #expect(plain == (1, 0))
  }

  @Test("outputs are σ(z), softmax(c·z) or z")
  func outputs() throws {
    let z = Matrix<Double>(rows: 2, columns: 2, elements: [0, 2, -1000, 1000])
    func activate(_ output: OutputLayer, scale: Double = 1) throws -> [Double] {
      var a = z
      try Objective(output: output, cost: .quadratic, softmaxScale: scale).activate(&a)
      return a.elements
    }
    func agree(_ a: [Double], _ b: [Double]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) < 1e-15 } }
    // 1/(1 + e⁻²) = 0.880797077977882…, 1/(1 + e⁻⁶) = 0.997527376843365…
    #expect(try agree(activate(.sigmoid), [0.5, 0.880_797_077_977_882_4, 0, 1]))
    #expect(
      try agree(activate(.softmax), [0.119_202_922_022_117_6, 0.880_797_077_977_882_4, 0, 1]))
    #expect(
      try agree(activate(.softmax, scale: 3), [0.002_472_623_156_634_8, 0.997_527_376_843_365_2, 0, 1]))
    #expect(try activate(.linear) == z.elements)
  }
}
