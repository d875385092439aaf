import Datasets
import LinearAlgebra
import NeuralNetwork

/// Compares gradients with differences of the cost of the whole network.
enum GradientCheck {
  /// The step of the differences: 2⁻¹⁰, which balances the error of the method and that of rounding.
  static let step = 0x1p-10

  /// The step for rectifiers, whose cost has a kink wherever one of their weighted inputs is 0.
  private static let rectifierStep = 0x1p-14

  /// The largest error of a layer's gradient relative to its norm, for the networks of some pairs, at the start and after
  /// some epochs.
  ///
  /// Of a network that has almost learned its digits the gradient is small beside the cost, and what differences lose to
  /// rounding is not: `relativeError` allows for that.
  static func measure(
    _ pairs: [Subject.Pair], of subject: Subject,
    gradient formula: (Objective, Network<Double>, MiniBatch<Double>) -> Network<Double>
  ) -> Measurement {
    var measurement = Measurement()
    for pair in pairs {
      let batch = subject.digits(10, for: pair.objective)
      for (name, network) in [("at the start", pair.initial), ("after \(Subject.epochs) epochs", pair.trained)] {
        let gradient = formula(pair.objective, network, batch)
        for layer in network.layers.indices {
          measurement.add(
            error(pair.objective, network, gradient, layer: layer, batch, weights: subject.comparedWeights),
            of: "\(pair.name), layer \(layer + 1), \(name)")
        }
      }
    }
    return measurement
  }

  private static func error(
    _ objective: Objective, _ network: Network<Double>, _ gradient: Network<Double>, layer: Int,
    _ batch: MiniBatch<Double>, weights: Int
  ) -> Double {
    let exact = gradient.layers[layer].weights.elements + gradient.layers[layer].biases
    var workspace = Workspace<Double>(for: network.sizes, capacity: batch.count)
    let (hasKinks, cost) = (network.activation == .relu, network.meanCost(objective, batch, in: &workspace))
    let step = hasKinks ? rectifierStep : step
    var (errors, values): ([Double], [Double]) = ([], [])
    let parameters = parameters(of: network, layer: layer, batch, weights: weights)
    for parameter in parameters {
      func slope(_ step: Double) -> Double {
        difference(step: step) { change in
          network.changing(layer: layer, parameter: parameter, by: change)
            .meanCost(objective, batch, in: &workspace)
        }
      }
      let value = slope(step)
      // Two steps give two differences where there is a kink between them.
      if hasKinks && abs(value - slope(step / 4)) > rounding(of: cost, step: step / 4) { continue }
      errors.append(exact[parameter] - value)
      values.append(value)
    }
    guard 10 * values.count >= 9 * parameters.count else { return .infinity }
    return relativeError(errors, of: values, cost: cost, step: step)
  }

  /// The norm of the errors over that of the values; values that rounding alone could have made count as that large.
  ///
  /// A difference of costs C at a step h is off by about εC/h, 16 times which is granted.
  static func relativeError(
    _ errors: [Double], of values: [Double], cost: Double, step: Double = step
  ) -> Double {
    let rounding = rounding(of: cost, step: step) * Double(values.count).squareRoot()
    return errors.norm / (values.norm + rounding / Claim.differencesBound)
  }

  private static func rounding(of cost: Double, step: Double) -> Double { 16 * .ulpOfOne * cost / step }

  /// All biases and up to so many weights, evenly chosen; in the first layer among those of pixels that are not blank.
  private static func parameters(
    of network: Network<Double>, layer: Int, _ batch: MiniBatch<Double>, weights count: Int
  ) -> [Int] {
    let (inputs, outputs) = (network.layers[layer].inputCount, network.layers[layer].outputCount)
    let pixels = batch.inputs.dense
    let live = (0..<inputs).filter { column in
      layer > 0 || (0..<batch.count).contains { pixels[$0, column] != 0 }
    }
    let weights = (0..<outputs).flatMap { row in live.map { row * inputs + $0 } }
    let stride = max(1, weights.count / count)
    return weights.indices.filter { $0.isMultiple(of: stride) }.map { weights[$0] }
      + (0..<outputs).map { inputs * outputs + $0 }
  }
}

extension Network<Double> {
  /// The same network with one parameter of a layer changed; parameters are the weights row by row, then the biases.
  func changing(layer: Int, parameter: Int, by change: Double) -> Network {
    var layers = layers
    var (weights, biases) = (layers[layer].weights, layers[layer].biases)
    let weightCount = weights.rows * weights.columns
    if parameter < weightCount {
      weights.withMutableElements { $0[parameter] += change }
    } else {
      biases[parameter - weightCount] += change
    }
    layers[layer] = Layer(weights: weights, biases: biases)
    return Network(layers: layers, activation: activation)
  }

  /// The mean cost of a mini-batch, by the forward pass alone.
  func meanCost(_ objective: Objective, _ batch: MiniBatch<Double>, in workspace: inout Workspace<Double>) -> Double {
    propagate(batch.inputs, in: &workspace)
    return objective.cost(weightedInputs: workspace.weightedInputs, targets: batch.targets) / Double(batch.count)
  }
}
