import Datasets
import LinearAlgebra
import NeuralNetwork

/// Compares gradients with differences of the cost of the whole network.
enum GradientCheck {
  /// The step of the differences: 2⁻¹⁰, which balances the error of the method and that of rounding.
  static let step = 0x1p-10

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
            error(pair.objective, network, gradient, layer: layer, batch),
            of: "\(pair.name), layer \(layer + 1), \(name)")
        }
      }
    }
    return measurement
  }

  private static func error(
    _ objective: Objective, _ network: Network<Double>, _ gradient: Network<Double>, layer: Int,
    _ batch: MiniBatch<Double>
  ) -> Double {
    let exact = gradient.layers[layer].weights.elements + gradient.layers[layer].biases
    var workspace = Workspace<Double>(for: network.sizes, capacity: batch.count)
    var (errors, values): ([Double], [Double]) = ([], [])
    for parameter in parameters(of: network, layer: layer, batch) {
      let slope = difference(step: step) { change in
        network.changing(layer: layer, parameter: parameter, by: change)
          .meanCost(objective, batch, in: &workspace)
      }
      errors.append(exact[parameter] - slope)
      values.append(slope)
    }
    return relativeError(errors, of: values, cost: network.meanCost(objective, batch, in: &workspace))
  }

  /// The norm of the errors over that of the values; values that rounding alone could have made count as that large.
  ///
  /// A difference of costs C at a step h is off by about εC/h, 16 times which is granted.
  static func relativeError(_ errors: [Double], of values: [Double], cost: Double) -> Double {
    let rounding = 16 * Double.ulpOfOne * cost / step * Double(values.count).squareRoot()
    return errors.norm / (values.norm + rounding / Claim.differencesBound)
  }

  /// All biases and up to 200 weights, evenly chosen; in the first layer among those of pixels that are not blank.
  private static func parameters(of network: Network<Double>, layer: Int, _ batch: MiniBatch<Double>) -> [Int] {
    let (inputs, outputs) = (network.layers[layer].inputCount, network.layers[layer].outputCount)
    let pixels = batch.inputs.dense
    let live = (0..<inputs).filter { column in
      layer > 0 || (0..<batch.count).contains { pixels[$0, column] != 0 }
    }
    let weights = (0..<outputs).flatMap { row in live.map { row * inputs + $0 } }
    let stride = max(1, weights.count / 200)
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
    return Network(layers: layers)
  }

  /// The mean cost of a mini-batch, by the forward pass alone.
  func meanCost(_ objective: Objective, _ batch: MiniBatch<Double>, in workspace: inout Workspace<Double>) -> Double {
    propagate(batch.inputs, in: &workspace)
    return objective.cost(weightedInputs: workspace.weightedInputs, targets: batch.targets) / Double(batch.count)
  }
}
