public import LinearAlgebra
public import SparseInputs

extension Network {
  /// The forward pass: from the inputs of a mini-batch to the weighted inputs of the output layer.
  ///
  /// It leaves these in the workspace, with all that the backward pass needs.
  ///
  /// - Parameters:
  ///   - inputs: The inputs, `[B, in]`.
  ///   - workspace: Buffers for a network of these sizes.
  ///   - masks: A factor for the activation of each hidden neuron, a matrix `[B, neurons]` for each hidden layer; none for
  ///     factors of 1. Those of dropout are 0 for the neurons left out.
  /// - Source: the book's equation 25, layer by layer.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func propagate(
    _ inputs: InputRows<Scalar>, in workspace: inout Workspace<Scalar>, masks: [Matrix<Scalar>] = []
  ) {
    precondition(workspace.hidden.count == layers.count - 1, "the workspace was made for a network of these sizes")
    precondition(masks.isEmpty || masks.count == workspace.hidden.count, "a mask for each hidden layer")
    workspace.resize(to: inputs.rows)
    var a = inputs
    for (index, layer) in layers.dropLast().enumerated() {
      layer.formWeightedInputs(&workspace.hidden[index].activations, from: a)
      workspace.hidden[index].activate(activation)
      if !masks.isEmpty { workspace.hidden[index].multiply(by: masks[index]) }
      a = .dense(workspace.hidden[index].activations)
    }
    layers[layers.count - 1].formWeightedInputs(&workspace.weightedInputs, from: a)
  }

  /// The backward pass: from the error δ of the output layer down to the first layer, each of which is updated.
  ///
  ///     δ_below = (δ·w) ⊙ σ′(z_below)
  ///
  /// The error of the layer below is formed before a layer's weights change.
  /// - Source: chapter 2, equations BP1 to BP4.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func backpropagate(
    _ workspace: inout Workspace<Scalar>, inputs: InputRows<Scalar>, update: inout any LayerUpdate<Scalar>
  ) {
    for index in layers.indices.reversed() {
      let delta = index == layers.count - 1 ? workspace.delta : workspace.hidden[index].delta
      guard index > 0 else {
        update.update(&layers[index], at: index, delta: delta, inputs: inputs)
        return
      }
      layers[index].formGradientBelow(&workspace.hidden[index - 1].delta, from: delta)
      workspace.hidden[index - 1].delta.multiplyElements(by: workspace.hidden[index - 1].slopes)
      update.update(&layers[index], at: index, delta: delta, inputs: .dense(workspace.hidden[index - 1].activations))
    }
  }
}

extension Workspace.HiddenLayer {
  /// Replaces the weighted inputs by the activations and forms their slopes.
  fileprivate mutating func activate(_ activation: Activation) { activation.apply(to: &activations, slopes: &slopes) }

  /// Multiplies the activations by a mask, and so the slopes ∂a/∂z.
  fileprivate mutating func multiply(by mask: Matrix<Scalar>) {
    activations.multiplyElements(by: mask)
    slopes.multiplyElements(by: mask)
  }
}
