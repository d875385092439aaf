import Glibc
import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Costs") struct OutputCostTests {
  private func cost(
    _ output: OutputLayer, _ cost: Cost, z: [Double], y: [Double], scale: Double = 1
  ) throws -> Double {
    try Objective(output: output, cost: cost, softmaxScale: scale).cost(
      weightedInputs: Matrix(rows: 1, columns: z.count, elements: z),
      targets: Matrix(rows: 1, columns: y.count, elements: y))
  }

  private func isClose(_ a: Double, _ b: Double, ulps: Double = 4) -> Bool {
    abs(a - b) <= ulps * max(abs(a), abs(b)).ulp
  }

  @Test("hand-worked costs of one example")
  func byHand() throws {
    // σ(0) = ½; softmax of (ln 1, ln 3) is (¼, ¾).
    let z = [0, log(3.0)]
    #expect(try isClose(cost(.sigmoid, .quadratic, z: [0], y: [1]), 0.125))
    #expect(try isClose(cost(.sigmoid, .crossEntropy, z: [0], y: [1]), log(2)))
    #expect(try isClose(cost(.sigmoid, .crossEntropy, z: [log(3)], y: [0]), log(4)))
    #expect(try isClose(cost(.sigmoid, .crossEntropy, z: [log(3)], y: [0.5]), (log(4) + log(4 / 3.0)) / 2))
    #expect(try isClose(cost(.softmax, .crossEntropy, z: z, y: [1, 0]), log(4)))
    #expect(try isClose(cost(.softmax, .crossEntropy, z: z, y: [0.5, 0.5]), (log(4) + log(4 / 3.0)) / 2))
    #expect(try isClose(cost(.softmax, .crossEntropy, z: z, y: [1, 0], scale: 2), log(10)))
    #expect(try isClose(cost(.softmax, .quadratic, z: z, y: [1, 0]), 0.5625))
    #expect(try isClose(cost(.softmax, .quadratic, z: z, y: [1, 0], scale: 2), 0.81))
    #expect(try isClose(cost(.linear, .quadratic, z: [3, -1], y: [1, 0]), 2.5))
  }

  @Test("the costs of a mini-batch's examples are added", arguments: Objective.all)
  func sum(objective: Objective) throws {
    let (first, second) = ([0.3, -1.2, 2.0], [-0.7, 0.1, 0.4])
    let (y, other) = ([0.0, 0, 1], [1.0, 0, 0])
    let both = objective.cost(
      weightedInputs: Matrix(rows: 2, columns: 3, elements: first + second),
      targets: Matrix(rows: 2, columns: 3, elements: y + other))
    let apart =
      try cost(objective.output, objective.cost, z: first, y: y)
      + cost(objective.output, objective.cost, z: second, y: other)
    #expect(isClose(both, apart))
  }

  @Test("a saturated neuron on the wrong side has a cost, where a logarithm of its output would have none")
  func saturatedWrong() throws {
    #expect(try cost(.sigmoid, .crossEntropy, z: [1000], y: [0]) == 1000)
    #expect(try cost(.sigmoid, .crossEntropy, z: [-1000], y: [1]) == 1000)
    #expect(try cost(.softmax, .crossEntropy, z: [1000, -1000], y: [0, 1]) == 2000)
    #expect(try cost(.softmax, .crossEntropy, z: [1e308, -1e308, 0], y: [0, 0, 1]) == 1e308)
    #expect(try cost(.softmax, .quadratic, z: [1000, -1000], y: [0, 1]) == 1)
  }

  @Test("a saturated neuron on the right side has the small cost that is left, not 0")
  func saturatedRight() throws {
    #expect(try isClose(cost(.sigmoid, .crossEntropy, z: [100], y: [1]), exp(-100)))
    #expect(try isClose(cost(.sigmoid, .crossEntropy, z: [-100], y: [0]), exp(-100)))
    #expect(try isClose(cost(.softmax, .crossEntropy, z: [100, 0], y: [1, 0]), exp(-100)))
    #expect(try isClose(cost(.sigmoid, .quadratic, z: [100], y: [1]), exp(-200) / 2))
    #expect(try isClose(cost(.softmax, .quadratic, z: [100, 0], y: [1, 0]), exp(-200)))
  }

  @Test("what is not a number stays not a number", arguments: Objective.all)
  func notANumber(objective: Objective) throws {
    for position in 0..<3 {
      var z = [1.0, 2, 3]
      z[position] = .nan
      #expect(try cost(objective.output, objective.cost, z: z, y: [0, 1, 0]).isNaN)
    }
  }

  @Test("a single-precision network's cost is computed in double precision", arguments: Objective.all)
  func precision(objective: Objective) {
    // All exact in single precision.
    let z: [Float] = [4.75, -3.25, 0.5]
    let y: [Float] = [0, 1, 0]
    let single = objective.cost(
      weightedInputs: Matrix(rows: 1, columns: 3, elements: z),
      targets: Matrix(rows: 1, columns: 3, elements: y))
    let double = objective.cost(
      weightedInputs: Matrix(rows: 1, columns: 3, elements: z.map { Double($0) }),
      targets: Matrix(rows: 1, columns: 3, elements: y.map { Double($0) }))
    #expect(single == double)
  }

  #if arch(x86_64)
    @Test("the cross-entropy of a sigmoid neuron is within 4 ulp for hard targets, over the whole range of z")
    func accuracy() throws {
      for z in stride(from: -700.0, through: 700, by: 0.37) {
        for y in [0.0, 1] {
          let exact = y == 1 ? log1pl(expl(-Float80(z))) : log1pl(expl(Float80(z)))
          #expect(try isClose(cost(.sigmoid, .crossEntropy, z: [z], y: [y]), Double(exact)), "z \(z), y \(y)")
        }
      }
    }
  #endif
}
