public import Datasets
public import LinearAlgebra
public import NeuralNetwork
import SparseInputs

/// A model in use: from images to the outputs of its network.
///
/// With one thread of the BLAS, the bits of an image's outputs do not depend on the images beside it: every forward pass
/// takes `chunkSize` images, and where there are fewer, the first ones fill it up.
///
///     var classifier = Classifier(model, objective)
///     classifier.classify(Examples(of: dataset)) { positions, outputs in
///       for row in 0..<positions.count { print(outputs.classOfImage(row)) }
///     }
public struct Classifier: Sendable {
  /// The images of a forward pass. It is a multiple of the rows that any kernel of OpenBLAS takes at a time, for the
  /// bits of a row can depend on whether its block is whole.
  public static let chunkSize = 192

  /// The number of inputs.
  public var inputCount: Int { sizes[0] }

  /// The number of outputs.
  public var classCount: Int { sizes[sizes.count - 1] }

  /// The output layer of the model, with a cost that it has.
  public let objective: Objective

  private let sizes: [Int]

  private var pass: any ModelPass

  /// A model with the output layer of an objective.
  public init(_ model: Model, _ objective: Objective) {
    (sizes, self.objective) = (model.sizes, objective)
    switch model.precision {
    case .double: pass = ForwardPass<Double>(model)
    case .single: pass = ForwardPass<Float>(model)
    }
  }

  /// Computes the outputs for some examples, chunk by chunk.
  ///
  /// - Parameters:
  ///   - examples: The examples, whose images have a pixel for each input.
  ///   - body: Receives the positions of a chunk among the examples, and the outputs, a row for each position.
  /// - Throws: Errors of `body`, which end the work.
  public mutating func classify(
    _ examples: Examples, body: (_ positions: Range<Int>, _ outputs: NetworkOutputs) throws -> Void
  ) rethrows {
    var images = examples.dataset
    if Pixels.areCompressible(pixelCount: inputCount) { images.compressPixels() }
    let examples = Examples(of: images, in: examples.range)
    let order = ExampleOrder(count: examples.count, fillingMultipleOf: Self.chunkSize)
    for first in stride(from: 0, to: examples.count, by: Self.chunkSize) {
      let places = first..<first + Self.chunkSize
      var z = pass.weightedInputs(of: examples, in: order, places)
      let positions = places.clamped(to: 0..<examples.count)
      z.resize(rows: positions.count)
      try body(positions, NetworkOutputs(weightedInputs: z, objective))
    }
  }
}

/// The outputs of a network for some images, in double precision.
public struct NetworkOutputs: Sendable {
  /// The weighted inputs z of the output layer, `[B, classes]`.
  public let weightedInputs: Matrix<Double>

  /// The activations of the output layer, `[B, classes]`.
  public let activations: Matrix<Double>

  init(weightedInputs: Matrix<Double>, _ objective: Objective) {
    self.weightedInputs = weightedInputs
    var activations = weightedInputs
    objective.activate(&activations)
    self.activations = activations
  }

  /// The class of the greatest output for an image; of equal outputs the first counts. Weighted inputs are compared, which
  /// still differ where activations have rounded to the same 1. `nil` if one of them is not a number.
  public func classOfImage(_ row: Int) -> Int? { weightedInputs.indexOfMaximum(inRow: row) }
}
