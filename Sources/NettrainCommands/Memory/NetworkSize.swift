/// The sizes of a network in memory, in numbers.
struct NetworkSize {
  /// The sizes of the layers, inputs first.
  let sizes: [Int]

  /// All weights and biases.
  var parameters: Double { zip(sizes, sizes.dropFirst()).reduce(0) { $0 + Double($1.0 + 1) * Double($1.1) } }

  /// The weights of the first layer.
  var firstWeights: Double { Double(sizes[0]) * Double(sizes[1]) }

  /// The hidden neurons.
  var hidden: Double { sizes.dropFirst().dropLast().reduce(0) { $0 + Double($1) } }

  /// The buffers for each example of a mini-batch: its target, the weighted inputs and errors of the outputs, three
  /// numbers for each hidden neuron, and the inputs if they are dense.
  func buffers(hasDenseInputs: Bool) -> Double {
    (hasDenseInputs ? Double(sizes[0]) : 0) + 3 * hidden + 3 * Double(sizes[sizes.count - 1])
  }
}
