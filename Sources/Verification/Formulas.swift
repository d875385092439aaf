public import Datasets
public import LinearAlgebra
public import NeuralNetwork
public import SparseInputs

/// The formulas that the claims are about, by default the library's.
///
/// A test replaces one of them to see that a check can fail. Where two claims check the same code, such as
/// backpropagation, each has a formula of its own here, so that one claim can be made to fail alone.
public struct Formulas: Sendable {
  /// σ′(z).
  public var sigmoidSlope: @Sendable (_ z: Double) -> Double = { Sigmoid($0).slope }

  /// The cross-entropy of a sigmoid neuron.
  public var crossEntropy: @Sendable (_ z: Double, _ y: Double) -> Double = { z, y in
    outputValue(.sigmoid, .crossEntropy) { objective in
      objective.cost(weightedInputs: row([z]), targets: row([y]))
    }
  }

  /// The derivative of that by z, δ.
  public var crossEntropyDelta: @Sendable (_ z: Double, _ y: Double) -> Double = { z, y in
    outputValue(.sigmoid, .crossEntropy) { objective in
      var delta = row([0])
      objective.formDelta(&delta, weightedInputs: row([z]), targets: row([y]))
      return delta[0, 0]
    }
  }

  /// The gradient of a network by weights and biases, the mean over a mini-batch.
  public var gradient: @Sendable (Objective, Network<Double>, MiniBatch<Double>) -> Network<Double> = backpropagated

  /// The same for one example, for the claim on the factor xⱼ.
  public var exampleGradient: @Sendable (Objective, Network<Double>, MiniBatch<Double>) -> Network<Double> =
    backpropagated

  /// The same for networks of other neurons than sigmoid ones.
  public var gradientOfOtherNeurons: @Sendable (Objective, Network<Double>, MiniBatch<Double>) -> Network<Double> =
    backpropagated

  /// A network after one step of weight decay without a gradient.
  public var decayed: @Sendable (Network<Double>, UpdateChoices) -> Network<Double> = { network, choices in
    var network = network
    network.update(with: choices.gradientDescent)
    return network
  }

  /// A network after a step of momentum for each mini-batch.
  public var trainedByMomentum:
    @Sendable (Objective, Network<Double>, [MiniBatch<Double>], UpdateChoices) -> Network<Double> = {
      trained($0, $1, on: $2, by: $3.momentum(for: $1))
    }

  /// A network after a step of Adam for each mini-batch.
  public var trainedByAdam:
    @Sendable (Objective, Network<Double>, [MiniBatch<Double>], UpdateChoices) -> Network<Double> = {
      trained($0, $1, on: $2, by: $3.adam(for: $1))
    }

  /// The outputs of an output layer for a mini-batch.
  public var outputs: @Sendable (OutputLayer, Matrix<Double>) -> Matrix<Double> = activated

  /// The derivatives ∂aⱼ/∂zₖ of softmax.
  public var softmaxJacobian: @Sendable (_ z: [Double]) -> Matrix<Double> = { Softmax.jacobian($0) }

  /// The outputs of an output layer for one example, for the claim on the response to a change of one z.
  public var response: @Sendable (OutputLayer, _ z: [Double]) -> [Double] = { activated($0, row($1)).elements }

  /// Weighted inputs from softmax outputs.
  public var softmaxInverse: @Sendable (_ a: [Double]) -> [Double] = { Softmax.weightedInputs(outputs: $0) }

  /// softmax(c·z).
  public var scaledSoftmax: @Sendable (_ z: [Double], _ c: Double) -> [Double] = { Softmax.outputs($0, scale: $1) }

  /// The formulas of the library.
  public init() {}
}

/// A matrix of one row.
private func row(_ elements: [Double]) -> Matrix<Double> {
  Matrix(rows: 1, columns: elements.count, elements: elements)
}

/// The result of `body` for a pair that exists.
private func outputValue(_ output: OutputLayer, _ cost: Cost, _ body: (Objective) -> Double) -> Double {
  (try? Objective(output: output, cost: cost)).map(body) ?? .nan
}

@Sendable private func activated(_ output: OutputLayer, _ z: Matrix<Double>) -> Matrix<Double> {
  var a = z
  (try? Objective(output: output, cost: .quadratic))?.activate(&a)
  return a
}

/// The mean gradient of a mini-batch, by the backward pass that trains.
@Sendable public func backpropagated(
  _ objective: Objective, _ network: Network<Double>, _ batch: MiniBatch<Double>
) -> Network<Double> {
  var network = network
  var sum: any LayerUpdate<Double> = GradientSum(for: network)
  var workspace = Workspace<Double>(for: network.sizes, capacity: batch.count)
  network.propagate(batch.inputs, in: &workspace)
  objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: batch.targets)
  network.backpropagate(&workspace, inputs: batch.inputs, update: &sum)
  return sum.moments[0]
}

/// A network after a step for each mini-batch, by the passes that train.
private func trained(
  _ objective: Objective, _ network: Network<Double>, on batches: [MiniBatch<Double>],
  by update: any LayerUpdate<Double>
) -> Network<Double> {
  var (network, update) = (network, update)
  var workspace = Workspace<Double>(for: network.sizes, capacity: batches.map(\.count).max() ?? 0)
  for batch in batches {
    network.propagate(batch.inputs, in: &workspace)
    objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: batch.targets)
    network.backpropagate(&workspace, inputs: batch.inputs, update: &update)
  }
  return network
}
