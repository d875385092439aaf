import Glibc
import LinearAlgebra
import NeuralNetwork

/// The claims about softmax.
extension Claim {
  static let exercise4 = Claim(
    id: "exercise 4", statement: "softmax outputs sum to 1; sigmoid outputs need not",
    method: "the outputs for all test digits, before and after training; the error is softmax's, per class",
    boundReason: "each output is rounded once or twice by half of 2.2e-16 of itself, and so is each sum",
    bound: 2.3e-16
  ) { subject, formulas in
    var measurement = Measurement()
    // Whatever the digits: σ(1) is 0.73, and K of them are not 1.
    let equal = formulas.outputs(.sigmoid, Matrix(rows: 1, columns: 4, elements: [1, 1, 1, 1])).elements
    var straysFromOne = abs(equal.reduce(0, +) - 1) > 0.01
    for pair in subject.pairs(.softmax) + subject.pairs(.sigmoid) {
      for (time, network) in [("at the start", pair.initial), ("after \(Subject.epochs) epochs", pair.trained)] {
        let a = formulas.outputs(pair.objective.output, subject.testWeightedInputs(network))
        let sums = (0..<a.rows).map { row in (0..<a.columns).reduce(0) { $0 + a[row, $1] } }
        let (least, greatest) = (sums.min() ?? .nan, sums.max() ?? .nan)
        let mean = sums.reduce(0, +) / Double(sums.count)
        for (name, value) in [("least", least), ("mean", mean), ("greatest", greatest)] {
          measurement.details.append(Detail(name: "\(pair.name), \(time), \(name) sum", value: value))
        }
        let distance = max(abs(least - 1), abs(greatest - 1))
        if pair.objective.output == .softmax {
          measurement.add(distance / Double(a.columns))
        } else {
          straysFromOne = straysFromOne || distance > 0.01
        }
      }
    }
    measurement.require(straysFromOne, "some sum of sigmoid outputs is not 1")
    return measurement
  }

  static let exercise5 = Claim(
    id: "exercise 5", statement: "∂aⱼ/∂zⱼ > 0 and ∂aⱼ/∂zₖ < 0: softmax is monotonic",
    method: "the weighted inputs of 20 digits, every j and k, against differences of softmax",
    boundReason: "five-point differences of step 2⁻⁹ are right to 1e-12 of the largest derivative",
    bound: 1e-10
  ) { subject, formulas in
    var measurement = Measurement()
    for z in subject.softmaxInputs(20) {
      let jacobian = formulas.softmaxJacobian(z)
      let largest = jacobian.elements.map(abs).max() ?? 0
      for j in z.indices {
        for k in z.indices {
          let slope = softmaxSlope(of: j, by: k, at: z)
          measurement.add(abs(jacobian[j, k] - slope) / largest)
          measurement.require(j == k ? jacobian[j, k] > 0 : jacobian[j, k] < 0, "the signs of the derivatives")
        }
      }
    }
    return measurement
  }

  /// ∂aⱼ/∂zₖ by differences. An output near 1 has few digits left of what it lacks, which the others have in full.
  private static func softmaxSlope(of j: Int, by k: Int, at z: [Double]) -> Double {
    let isNearOne = Softmax.outputs(z)[j] > 0.5
    return difference(step: 0x1p-9) { change in
      var moved = z
      moved[k] += change
      let a = Softmax.outputs(moved)
      return isNearOne ? -a.indices.reduce(0) { $1 == j ? $0 : $0 + a[$1] } : a[j]
    }
  }

  static let exercise6 = Claim(
    id: "exercise 6", statement: "one zₖ moves every aⱼ of softmax, but only aₖ of a sigmoid layer",
    method: "the weighted inputs of 20 digits, each zₖ moved by ½, against aⱼ/(1 + (e^½ − 1)aₖ)",
    boundReason: "two outputs and a quotient, each rounded a few times: 2.2e-16 each",
    bound: 5e-15
  ) { subject, formulas in
    var measurement = Measurement()
    for z in subject.softmaxInputs(20) {
      for k in z.indices {
        var moved = z
        moved[k] += 0.5
        let (before, after) = (formulas.response(.softmax, z), formulas.response(.softmax, moved))
        let (single, other) = (formulas.response(.sigmoid, z), formulas.response(.sigmoid, moved))
        for j in z.indices where j != k {
          measurement.require(after[j] < before[j], "the other softmax outputs fall")
          let expected = before[j] / (1 + expm1(0.5) * before[k])
          measurement.add(abs(after[j] - expected) / expected)
          measurement.require(single[j] == other[j], "the other sigmoid outputs stay")
        }
        measurement.require(after[k] > before[k] && other[k] > single[k], "the output itself rises")
      }
    }
    return measurement
  }

  static let problem4 = Claim(
    id: "problem 4", statement: "zⱼ = ln aⱼ + C, the same C for every j",
    method: "the weighted inputs of 20 digits and multiples of them up to 8, back from their softmax",
    boundReason:
      "an output is off by 2.2e-16 times its distance from the greatest z, at most 80, and its logarithm by as much",
    bound: 1e-13
  ) { subject, formulas in
    var measurement = Measurement()
    for z in subject.softmaxInputs(20) {
      for multiple in [1.0, 2, 8] {
        let inputs = z.map { multiple * $0 }
        let back = formulas.softmaxInverse(Softmax.outputs(inputs))
        let constants = zip(inputs, back).map { $0 - $1 }
        measurement.add((constants.max() ?? .nan) - (constants.min() ?? .nan))
      }
    }
    return measurement
  }

  static let problem6 = Claim(
    id: "problem 6", statement: "softmax(c·z) → 1/n on the n greatest and 0 elsewhere as c → ∞; at c = 1 it is softmax",
    method: "one to four tied maxima, c up to 1e6; c = 1 against e^z/Σe^z",
    boundReason:
      "once e^(−c·gap) is lost beside 1 a quotient of whole numbers is left; at c = 1 a few roundings of 2.2e-16·a",
    bound: 1e-15
  ) { _, formulas in
    var measurement = Measurement()
    for tied in 1...4 {
      let z = (0..<10).map { $0 < tied ? 2.0 : 1.5 - 0.25 * Double($0) }
      for c in [1e2, 1e4, 1e6] {
        for (index, a) in formulas.scaledSoftmax(z, c).enumerated() {
          measurement.add(abs(a - (index < tied ? 1 / Double(tied) : 0)))
        }
      }
      // On the way there, what the greatest have grows with c.
      let shares = [1.0, 2, 4, 8].map { formulas.scaledSoftmax(z, $0)[0] }
      measurement.require(zip(shares, shares.dropFirst()).allSatisfy { $0 < $1 }, "the greatest grow with c")
      let total = z.reduce(0) { $0 + exp($1) }
      for (index, a) in formulas.scaledSoftmax(z, 1).enumerated() { measurement.add(abs(a - exp(z[index]) / total)) }
    }
    return measurement
  }
}
