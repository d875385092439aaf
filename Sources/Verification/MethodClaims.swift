import Datasets
import Glibc
import LinearAlgebra
import NeuralNetwork
import Training

/// The claims about regularization, momentum, other neurons and Adam.
extension Claim {
  static let neurons = Claim(
    id: "neurons", statement: "tanh′ z = 1 − tanh² z; max(0, z) has the slope 1 for z > 0 and 0 for z < 0",
    method: "every layer of networks of such neurons, 10 digits, against differences of the cost",
    boundReason:
      "differences are off by rounding as for problem 1; where two steps show a kink of max(0, z), there is no slope",
    bound: differencesBound
  ) { subject, formulas in
    GradientCheck.measure(subject.otherNeurons, of: subject, gradient: formulas.gradientOfOtherNeurons)
  }

  static let regularization = Claim(
    id: "regularization", statement: "∂/∂w [λ₂/(2n) Σw² + λ₁/n Σ|w|] = (λ₂/n)w + (λ₁/n) sgn w, and 0 at w = 0 under L1",
    method: "the step that decay takes, up to 200 weights of each layer, against differences of the penalty",
    boundReason: "differences of step 2⁻¹⁰ are off by 2e-13 of the penalty, the sum over all weights",
    bound: 1e-8
  ) { subject, formulas in
    var measurement = Measurement()
    for (name, l2, l1) in [("L2", 5.0, 0.0), ("L1", 0, 3), ("both", 5, 3)] {
      var choices = UpdateChoices(learningRate: 0.5)
      (choices.l2, choices.l1) = (l2, l1)
      for pair in subject.pairs.prefix(1) {
        let error = errorOfDecay(pair.trained, choices, weights: subject.comparedWeights) {
          formulas.decayed($0, choices)
        }
        measurement.add(error, of: name)
      }
    }
    let zeros = Network<Double>(zeros: subject.sizes)
    measurement.require(
      formulas.decayed(zeros, UpdateChoices(learningRate: 0.5)).parameters.allSatisfy { $0 == 0 },
      "a weight of 0 stays 0")
    return measurement
  }

  /// The error of the step of decay over the learning rate, relative to the norm of the gradient of the penalty.
  private static func errorOfDecay(
    _ network: Network<Double>, _ choices: UpdateChoices, weights count: Int,
    decayed: (Network<Double>) -> Network<Double>
  ) -> Double {
    let after = decayed(network)
    var (errors, values): ([Double], [Double]) = ([], [])
    for (index, layer) in network.layers.enumerated() {
      let (before, now) = (layer.weights.elements, after.layers[index].weights.elements)
      // |w| has a kink at 0.
      let candidates = before.indices.filter { abs(before[$0]) > 4 * GradientCheck.step }
      for place in candidates.filter({ $0.isMultiple(of: max(1, candidates.count / count)) }) {
        let slope = difference(step: GradientCheck.step) { change in
          choices.decay.penalty(of: network.changing(layer: index, parameter: place, by: change))
        }
        errors.append((before[place] - now[place]) / choices.learningRate - slope)
        values.append(slope)
      }
      // Biases have no decay.
      errors += zip(layer.biases, after.layers[index].biases).map { $0 - $1 }
    }
    return errors.norm / values.norm
  }

  private static let recurrenceBound = 1e-12
  private static let recurrenceReason =
    "eight steps, each off by a few roundings of 1e-16 of the weights, relative to the way that these have gone"

  static let momentum = Claim(
    id: "momentum", statement: "v ← μv − η∇C, w ← w + v; ∇C with the decay (λ₂/n)w + (λ₁/n) sgn w",
    method: "8 steps of networks under both costs of sigmoid outputs, against the recurrence in plain numbers",
    boundReason: recurrenceReason, bound: recurrenceBound
  ) { subject, formulas in
    recurrence(subject, learningRate: 0.01, steps: formulas.trainedByMomentum) { choices, _, w, g, v, _ in
      v = choices.momentum * v - choices.learningRate * g
      w += v
    }
  }

  static let adam = Claim(
    id: "adam", statement: "M ← β₁M + (1−β₁)G, V ← β₂V + (1−β₂)G², w ← w − η·M/(1−β₁ᵗ)/(√(V/(1−β₂ᵗ)) + ε)",
    method: "8 steps of networks under both costs of sigmoid outputs, against the recurrence in plain numbers",
    boundReason: recurrenceReason, bound: recurrenceBound
  ) { subject, formulas in
    recurrence(subject, learningRate: 0.001, steps: formulas.trainedByAdam) { choices, t, w, g, m, v in
      m = 0.9 * m + (1 - 0.9) * g
      v = 0.999 * v + (1 - 0.999) * g * g
      let (mean, square) = (m / (1 - pow(0.9, Double(t))), v / (1 - pow(0.999, Double(t))))
      w -= choices.learningRate * mean / (square.squareRoot() + 1e-8)
    }
  }

  /// Compares networks after eight steps with parameters that follow a recurrence one by one.
  /// - Parameters:
  ///   - subject: The networks and digits.
  ///   - learningRate: η.
  ///   - steps: The steps of the library.
  ///   - step: Changes a parameter and its two moments for step t, by the gradient.
  /// - Returns: The distance of the two relative to the way that the parameters have gone, for each network.
  private static func recurrence(
    _ subject: Subject, learningRate: Double,
    steps: (Objective, Network<Double>, [MiniBatch<Double>], UpdateChoices) -> Network<Double>,
    step: (
      _ choices: UpdateChoices, _ t: Int, _ w: inout Double, _ g: Double, _ m: inout Double, _ v: inout Double
    ) -> Void
  ) -> Measurement {
    var measurement = Measurement()
    let choices = UpdateChoices(learningRate: learningRate)
    for pair in subject.pairs(.sigmoid) {
      let batches = subject.miniBatches(8, for: pair.objective)
      let (start, areWeights) = (pair.initial.parameters, pair.initial.areWeights)
      var (w, m, v) = (start, [Double](repeating: 0, count: start.count), [Double](repeating: 0, count: start.count))
      for (index, batch) in batches.enumerated() {
        let gradient = backpropagated(pair.objective, pair.initial.with(w), batch).parameters
        let penalty = choices.penaltyGradient(w, areWeights: areWeights)
        for place in w.indices {
          step(choices, index + 1, &w[place], gradient[place] + penalty[place], &m[place], &v[place])
        }
      }
      let end = steps(pair.objective, pair.initial, batches, choices).parameters
      let way = zip(w, start).map { $0 - $1 }.norm
      measurement.add(zip(end, w).map { $0 - $1 }.norm / way, of: pair.name)
    }
    return measurement
  }
}
