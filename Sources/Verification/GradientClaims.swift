import Datasets
import LinearAlgebra
import NeuralNetwork

/// The claims about the gradients of networks.
extension Claim {
  static let differencesBound = 1e-8
  private static let differencesReason =
    "differences of step 2⁻¹⁰ are off by 2e-13 of the cost by rounding; where the gradient is small, that is granted"

  static let problem1 = Claim(
    id: "problem 1",
    statement: "many layers: δ = (a−y)σ′(z) under the quadratic cost, a − y under cross-entropy",
    method: "every layer of sigmoid networks, 10 digits, against differences of the cost",
    boundReason: differencesReason, bound: differencesBound
  ) { subject, formulas in
    GradientCheck.measure(subject.pairs(.sigmoid), of: subject, gradient: formulas.gradient)
  }

  static let problem2 = Claim(
    id: "problem 2", statement: "linear outputs, quadratic cost: δ = a − y, ∂C/∂w = (1/n) Σ a(a−y)",
    method: "every layer of a network with linear outputs, 10 digits, against differences of the cost",
    boundReason: differencesReason, bound: differencesBound
  ) { subject, formulas in
    GradientCheck.measure(subject.pairs(.linear), of: subject, gradient: formulas.gradient)
  }

  static let problem5 = Claim(
    id: "problem 5", statement: "softmax, log-likelihood: ∂C/∂b = a − y, ∂C/∂w = a^{L−1}(a − y)",
    method:
      "every layer of softmax networks under either cost, c = 1 and 2, 10 digits, against differences of the cost",
    boundReason: differencesReason, bound: differencesBound
  ) { subject, formulas in
    GradientCheck.measure(subject.pairs(.softmax), of: subject, gradient: formulas.gradient)
  }

  static let problem3 = Claim(
    id: "problem 3", statement: "∂C/∂wⱼ = xⱼ·∂C/∂b for every cost: the factor xⱼ stays",
    method: "all pairs, the first layer for one digit: ∂C/∂w against xⱼ times differences by b",
    boundReason: differencesReason, bound: differencesBound
  ) { subject, formulas in
    var measurement = Measurement()
    for pair in subject.pairs {
      let digit = subject.digits(1, for: pair.objective)
      let pixels = digit.inputs.dense
      let weights = formulas.exampleGradient(pair.objective, pair.initial, digit).layers[0].weights
      var workspace = Workspace<Double>(for: pair.initial.sizes, capacity: 1)
      var (errors, values): ([Double], [Double]) = ([], [])
      for neuron in 0..<weights.rows {
        let slope = difference(step: GradientCheck.step) { change in
          pair.initial.changing(layer: 0, parameter: weights.rows * weights.columns + neuron, by: change)
            .meanCost(pair.objective, digit, in: &workspace)
        }
        for pixel in 0..<weights.columns {
          errors.append(weights[neuron, pixel] - pixels[0, pixel] * slope)
          values.append(pixels[0, pixel] * slope)
        }
      }
      let cost = pair.initial.meanCost(pair.objective, digit, in: &workspace)
      measurement.add(GradientCheck.relativeError(errors, of: values, cost: cost), of: pair.name)
    }
    return measurement
  }
}
