import Datasets
import LinearAlgebra
import NeuralNetwork
import SparseInputs

/// A forward pass in some precision.
protocol ModelPass: Sendable {
  /// The weighted inputs of the output layer, `[B, classes]`, for the examples at some places of an order.
  mutating func weightedInputs(of examples: Examples, in order: ExampleOrder, _ places: Range<Int>) -> Matrix<Double>
}

/// The forward pass of a model's network, with its buffers.
struct ForwardPass<Scalar: SparseScalar>: ModelPass {
  private let network: Network<Scalar>
  private var batch: MiniBatch<Scalar>
  private var workspace: Workspace<Scalar>

  /// The pass of a model, in this precision.
  init(_ model: Model) {
    var network = model.network(Scalar.self)
    let sizes = network.sizes
    let isSparse = Pixels.areCompressible(pixelCount: sizes[0])
    network.storeInPanels(isSparse)
    self.network = network
    batch = MiniBatch(
      capacity: Classifier.chunkSize, pixelCount: sizes[0], classCount: sizes[sizes.count - 1], isSparse: isSparse)
    workspace = Workspace(for: sizes, capacity: Classifier.chunkSize)
  }

  mutating func weightedInputs(of examples: Examples, in order: ExampleOrder, _ places: Range<Int>) -> Matrix<Double> {
    batch.gather(examples, in: order, places)
    network.propagate(batch.inputs, in: &workspace)
    let z = workspace.weightedInputs
    return Matrix(rows: z.rows, columns: z.columns, elements: z.elements.map { Double($0) })
  }
}
