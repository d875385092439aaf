public import LinearAlgebra

extension Network {
  /// The forward pass: from the inputs of a mini-batch to the weighted inputs of the output layer, which
  /// it leaves in the workspace together with what the backward pass needs.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func propagate(_ inputs: InputRows<Scalar>, in workspace: inout Workspace<Scalar>) {
    precondition(workspace.hidden.count == layers.count - 1, "the workspace was made for a network of these sizes")
    workspace.resize(to: inputs.rows)
    for index in workspace.hidden.indices {
      let a = workspace.inputs(ofLayer: index, ofNetworkWith: inputs)
      layers[index].formWeightedInputs(&workspace.hidden[index].activations, from: a)
      workspace.hidden[index].activate()
    }
    let output = layers.count - 1
    let a = workspace.inputs(ofLayer: output, ofNetworkWith: inputs)
    layers[output].formWeightedInputs(&workspace.weightedInputs, from: a)
  }

  /// The backward pass of a training step: from the error δ of the output layer to new weights and biases.
  ///
  ///     w ← retain·w + scale·Σ ∂Cₓ/∂w        b ← b + scale·Σ ∂Cₓ/∂b
  ///
  /// The sums are over the examples x of the mini-batch. With scale = −η/m and retain = 1 − ηλ/n that is all of
  /// stochastic gradient descent with weight decay: no gradient is stored. A layer passes its error on before its
  /// weights change.
  /// - Source: chapter 2, equations BP1 to BP4; chapter 3, equation 93.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func backpropagate(
    _ workspace: inout Workspace<Scalar>, inputs: InputRows<Scalar>, scale: Scalar, retaining retain: Scalar
  ) {
    for index in layers.indices.reversed() {
      workspace.passErrorDown(through: layers[index], at: index)
      layers[index].addGradient(
        from: workspace.delta(ofLayer: index), inputs: workspace.inputs(ofLayer: index, ofNetworkWith: inputs),
        scale: scale, retaining: retain)
    }
  }

  /// The backward pass into a gradient: adds scale·Σ ∂Cₓ/∂w and scale·Σ ∂Cₓ/∂b, summed over the mini-batch, to
  /// `gradient`, a network of the same sizes, and leaves the weights as they are.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func addGradient(
    to gradient: inout Network, from workspace: inout Workspace<Scalar>, inputs: InputRows<Scalar>, scale: Scalar
  ) {
    precondition(gradient.sizes == sizes, "a gradient has the sizes of its network")
    for index in layers.indices.reversed() {
      workspace.passErrorDown(through: layers[index], at: index)
      gradient.layers[index].addGradient(
        from: workspace.delta(ofLayer: index), inputs: workspace.inputs(ofLayer: index, ofNetworkWith: inputs),
        scale: scale, retaining: 1)
    }
  }
}

extension Workspace {
  /// Forms the error of the layer below a layer, if one is below: δ = (δ_above·w) ⊙ σ′(z).
  /// - Source: chapter 2, equation BP2.
  fileprivate mutating func passErrorDown(through layer: Layer<Scalar>, at index: Int) {
    guard index > 0 else { return }
    let above = delta(ofLayer: index)
    layer.formOutputGradientBelow(&hidden[index - 1].delta, from: above)
    hidden[index - 1].delta.multiplyElements(by: hidden[index - 1].slopes)
  }
}

extension Workspace.HiddenLayer {
  /// Replaces the weighted inputs by the outputs σ(z) and forms the slopes σ′(z).
  fileprivate mutating func activate() { activations.applySigmoid(slopes: &slopes) }
}
