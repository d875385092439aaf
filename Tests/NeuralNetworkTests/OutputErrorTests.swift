import Glibc
import LinearAlgebra
import NeuralNetwork
import Testing

/// The five pairs, and the two of softmax with another scale.
let objectives: [Objective] =
  Objective.all
  + [Cost.quadratic, .crossEntropy].compactMap { try? Objective(output: .softmax, cost: $0, softmaxScale: 2.5) }

@Suite("Output errors") struct OutputErrorTests {
  private func delta(_ objective: Objective, _ z: [Double], _ y: [Double]) -> [Double] {
    var delta = Matrix<Double>(rows: 1, columns: z.count)
    objective.formDelta(
      &delta, weightedInputs: Matrix(rows: 1, columns: z.count, elements: z),
      targets: Matrix(rows: 1, columns: y.count, elements: y))
    return delta.elements
  }

  @Test("δ is the derivative of the cost by the weighted inputs, also for soft targets", arguments: objectives)
  func differences(objective: Objective) {
    let z = [0.7, -1.1, 0.2, 1.9]
    let step = 1e-5
    for y in [[0, 0, 1.0, 0], [0.1, 0.2, 0.3, 0.4]] {
      let delta = delta(objective, z, y)
      for index in z.indices {
        func cost(_ change: Double) -> Double {
          var shifted = z
          shifted[index] += change
          return objective.cost(
            weightedInputs: Matrix(rows: 1, columns: 4, elements: shifted),
            targets: Matrix(rows: 1, columns: 4, elements: y))
        }
        let difference = (cost(step) - cost(-step)) / (2 * step)
        #expect(abs(delta[index] - difference) < 1e-9)
      }
    }
  }

  @Test("the examples of a mini-batch have their own errors", arguments: objectives)
  func rows(objective: Objective) {
    let (first, second) = ([0.3, -1.2, 2.0], [-0.7, 0.1, 0.4])
    let (y, other) = ([0.0, 0, 1], [1.0, 0, 0])
    var both = Matrix<Double>(rows: 2, columns: 3)
    objective.formDelta(
      &both, weightedInputs: Matrix(rows: 2, columns: 3, elements: first + second),
      targets: Matrix(rows: 2, columns: 3, elements: y + other))
    #expect(both.elements == delta(objective, first, y) + delta(objective, second, other))
  }

  #if arch(x86_64)
    /// δ by the closed forms in a wider type, with 1 − a and 1 − y as sums of the other outputs and targets, which does
    /// not cancel.
    private func exactDelta(_ objective: Objective, _ z: [Double], _ y: [Double]) -> [Float80] {
      let z = z.map { Float80($0) }
      let y = y.map { Float80($0) }
      let c = Float80(objective.softmaxScale)
      let greatest = z.max() ?? 0
      let powers = z.map { expl(c * ($0 - greatest)) }
      let total = powers.reduce(0, +)
      let a = powers.map { $0 / total }
      // Σₖ aₖ(gⱼ − gₖ) equals gⱼ − Σₖ aₖgₖ, since Σ a = 1; aⱼ − yⱼ with yⱼ = 1 is −Σ_{k≠j} aₖ.
      func error(_ j: Int) -> Float80 {
        y[j] == 1 ? -a.indices.reduce(0) { $1 == j ? $0 : $0 + a[$1] } : a[j] - y[j]
      }
      func sigmoidError(_ j: Int) -> Float80 { y[j] == 1 ? -logistic(-z[j]) : logistic(z[j]) - y[j] }
      return z.indices.map { j in
        switch (objective.output, objective.cost) {
        case (.sigmoid, .quadratic): sigmoidError(j) * logistic(z[j]) * logistic(-z[j])
        case (.sigmoid, .crossEntropy): sigmoidError(j)
        case (.softmax, .crossEntropy): c * error(j)
        case (.softmax, .quadratic):
          c * a[j] * a.indices.reduce(0) { $1 == j ? $0 : $0 + a[$1] * (error(j) - error($1)) }
        case (.linear, _): z[j] - y[j]
        }
      }
    }

    @Test("saturated outputs have the error of the closed form to 1e-13, right or wrong", arguments: objectives)
    func saturated(objective: Objective) {
      for size in [0.5, 5, 20, 40, 100, 250] {
        let z = [size, -size, size / 3, -size / 2]
        for target in z.indices {
          let y = z.indices.map { $0 == target ? 1.0 : 0 }
          let exact = exactDelta(objective, z, y)
          for (delta, exact) in zip(delta(objective, z, y), exact) where exact != 0 {
            let relative = Double((Float80(delta) - exact).magnitude / exact.magnitude)
            // Below the least normal number there are fewer digits to be right.
            let isTiny = exact.magnitude < Float80(Double.leastNormalMagnitude)
            #expect(relative < 1e-13 || isTiny, "z \(z), y \(y): \(delta), not \(exact)")
          }
        }
      }
    }
  #endif
}
