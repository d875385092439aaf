import LinearAlgebra
public import NeuralNetwork
import SparseInputs

/// The chapter's opening experiment: one sigmoid neuron with one input learns one target.
/// - Source: chapter 3, "The cross-entropy cost function".
public struct NeuronExperiment: Sendable {
  /// The neuron after some epochs.
  public struct State: Equatable, Sendable {
    /// The epochs it has learned.
    public let epoch: Int
    /// The weight w.
    public let weight: Double
    /// The bias b.
    public let bias: Double
    /// The output a = σ(wx + b).
    public let output: Double
    /// The cost C.
    public let cost: Double
    /// The slope σ′(wx + b).
    public let slope: Double
  }

  /// The cost that is minimised.
  public var cost: Cost
  /// The weight at the start.
  public var weight: Double
  /// The bias at the start.
  public var bias: Double
  /// The input, x.
  public var input = 1.0
  /// The target, y, in [0, 1].
  public var target = 0.0
  /// The step size, η.
  public var learningRate = 0.15

  /// An experiment with the book's input, target and rate.
  public init(cost: Cost, weight: Double, bias: Double) {
    self.cost = cost
    self.weight = weight
    self.bias = bias
  }

  /// Learns for a number of epochs, by the code that trains networks.
  /// - Returns: The states from the start, epoch 0, to the end.
  /// - Throws: Nothing for a sigmoid neuron, which has either cost.
  public func run(epochs: Int) throws -> [State] {
    let objective = try Objective(output: .sigmoid, cost: cost)
    let x = InputRows.dense(Matrix(rows: 1, columns: 1, elements: [input]))
    let y = Matrix(rows: 1, columns: 1, elements: [target])
    var network = Network(layers: [
      Layer(weights: Matrix(rows: 1, columns: 1, elements: [weight]), biases: [bias])
    ])
    var workspace = Workspace<Double>(for: [1, 1], capacity: 1)
    var update: any LayerUpdate<Double> = GradientDescent(learningRate: learningRate)
    return (0...epochs).map { epoch in
      network.propagate(x, in: &workspace)
      let sigmoid = Sigmoid(workspace.weightedInputs[0, 0])
      let state = State(
        epoch: epoch, weight: network.layers[0].weights[0, 0], bias: network.layers[0].biases[0],
        output: sigmoid.value, cost: objective.cost(weightedInputs: workspace.weightedInputs, targets: y),
        slope: sigmoid.slope)
      objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: y)
      network.backpropagate(&workspace, inputs: x, update: &update)
      return state
    }
  }
}
