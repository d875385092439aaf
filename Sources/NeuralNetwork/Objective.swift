public import LinearAlgebra

/// An output layer and a cost that fit together: what training minimizes.
///
/// An objective knows what a pair costs and its error δ = ∂C/∂z; each pair has a file of its own in `Objectives`. Both
/// are computed from the weighted inputs z, never from a rounded output a, so that a saturated neuron still has an exact
/// cost and an exact error.
///
/// | output | cost | C of an example | δ = ∂C/∂z |
/// |---|---|---|---|
/// | sigmoid | quadratic | ½‖a−y‖² | (a−y)·σ′(z) |
/// | sigmoid | cross-entropy | −Σ [y ln a + (1−y) ln(1−a)] | a−y |
/// | softmax | quadratic | ½‖a−y‖² | c·aⱼ(gⱼ − Σₖ aₖgₖ), g = a−y |
/// | softmax | cross-entropy | −Σ y ln a | c·(a−y) |
/// | linear | quadratic | ½‖z−y‖² | z−y |
///
///     let objective = try Objective(output: .sigmoid, cost: .crossEntropy)
///     let z = Matrix(rows: 1, columns: 1, elements: [0.0])
///     objective.cost(weightedInputs: z, targets: z)        // ln 2, for σ(0) is ½ and y is 0
public struct Objective: Equatable, Sendable {
  /// The five pairs. There is no cross-entropy of linear outputs: they may be negative, and have no logarithm.
  private enum Pair: Sendable {
    case sigmoidQuadratic, sigmoidCrossEntropy, softmaxQuadratic, softmaxLogLikelihood, linearQuadratic
  }

  /// The output layer.
  public let output: OutputLayer

  /// The cost.
  public let cost: Cost

  /// The c of softmax(c·z): how sharply softmax separates its weighted inputs. 1 with another output layer.
  /// - Source: chapter 3, the problem on where the "softmax" name comes from.
  public let softmaxScale: Double

  private let pair: Pair

  /// An output layer with a cost.
  /// - Throws: `ObjectiveError`, if the cost is not defined for the outputs or the scale is unusable.
  public init(output: OutputLayer, cost: Cost, softmaxScale: Double = 1) throws(ObjectiveError) {
    switch (output, cost) {
    case (.sigmoid, .quadratic): pair = .sigmoidQuadratic
    case (.sigmoid, .crossEntropy): pair = .sigmoidCrossEntropy
    case (.softmax, .quadratic): pair = .softmaxQuadratic
    case (.softmax, .crossEntropy): pair = .softmaxLogLikelihood
    case (.linear, .quadratic): pair = .linearQuadratic
    case (.linear, .crossEntropy): throw .undefinedCost
    }
    guard softmaxScale > 0 && softmaxScale.isFinite else { throw .unusableScale }
    guard output == .softmax || softmaxScale == 1 else { throw .scaleWithoutSoftmax }
    self.output = output
    self.cost = cost
    self.softmaxScale = softmaxScale
  }

  /// All pairs, with the usual softmax.
  public static var all: [Objective] {
    OutputLayer.allCases.flatMap { output in
      Cost.allCases.compactMap { cost in try? Objective(output: output, cost: cost) }
    }
  }

  /// The targets of an example: of the output that stands for its class, and of every other output.
  ///
  /// Smoothing by ε mixes them with equal odds: 1/K for each of K classes where the outputs are probabilities of
  /// classes, and ½ where every output is a question of its own.
  ///
  ///     (1 − ε)y + ε/K   (softmax, linear)        (1 − ε)y + ε/2   (sigmoid)
  public func targets(classCount: Int, smoothing: Double) -> (hit: Double, miss: Double) {
    precondition(smoothing >= 0 && smoothing < 1, "smoothing is in [0, 1)")
    let share = output == .sigmoid ? smoothing / 2 : smoothing / Double(classCount)
    return (1 - smoothing + share, share)
  }

  /// The cost of a mini-batch, summed over its examples, in double precision and in a fixed order.
  ///
  /// It is finite wherever the true cost is. A sum that is not finite means that training has diverged.
  ///
  /// - Parameters:
  ///   - z: The weighted inputs of the output layer, `[B, classes]`.
  ///   - y: The targets, `[B, classes]`; with softmax each row sums to 1.
  /// - Returns: Σₓ Cₓ over the examples x.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func cost<Scalar: BLASScalar>(weightedInputs z: Matrix<Scalar>, targets y: Matrix<Scalar>) -> Double {
    switch pair {
    case .sigmoidQuadratic: sumOfCosts(SigmoidQuadratic.self, z, y)
    case .sigmoidCrossEntropy: sumOfCosts(SigmoidCrossEntropy.self, z, y)
    case .softmaxQuadratic: sumOfCosts(SoftmaxQuadratic.self, z, y)
    case .softmaxLogLikelihood: sumOfCosts(SoftmaxLogLikelihood.self, z, y)
    case .linearQuadratic: sumOfCosts(LinearQuadratic.self, z, y)
    }
  }

  /// Forms the error of the output layer, δ = ∂C/∂z, for each example.
  ///
  /// - Parameters:
  ///   - delta: The errors, `[B, classes]`; the old elements are not read.
  ///   - z: The weighted inputs of the output layer, `[B, classes]`.
  ///   - y: The targets, `[B, classes]`; with softmax each row sums to 1, a precondition of δ = c·(a − y).
  /// - Source: the book's BP1a with equations 71 (cross-entropy) and 84 (softmax), and the problem on linear neurons.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func formDelta<Scalar: BLASScalar>(
    _ delta: inout Matrix<Scalar>, weightedInputs z: Matrix<Scalar>, targets y: Matrix<Scalar>
  ) {
    switch pair {
    case .sigmoidQuadratic: formDelta(&delta, SigmoidQuadratic.self, z, y)
    case .sigmoidCrossEntropy: formDelta(&delta, SigmoidCrossEntropy.self, z, y)
    case .softmaxQuadratic: formDelta(&delta, SoftmaxQuadratic.self, z, y)
    case .softmaxLogLikelihood: formDelta(&delta, SoftmaxLogLikelihood.self, z, y)
    case .linearQuadratic: formDelta(&delta, LinearQuadratic.self, z, y)
    }
  }

  @inline(__always)
  private func sumOfCosts<Pair: OutputPair, Scalar: BLASScalar>(
    _: Pair.Type, _ z: Matrix<Scalar>, _ y: Matrix<Scalar>
  ) -> Double {
    precondition(y.rows == z.rows && y.columns == z.columns, "a target for each weighted input")
    let width = z.columns
    let (z, y) = (z.elements, y.elements)
    var sum = 0.0
    for first in stride(from: 0, to: z.count, by: width) {
      let row = first..<first + width
      sum += Pair.cost(z.span.extracting(row), targets: y.span.extracting(row), scale: softmaxScale)
    }
    return sum
  }

  @inline(__always)
  private func formDelta<Pair: OutputPair, Scalar: BLASScalar>(
    _ delta: inout Matrix<Scalar>, _: Pair.Type, _ z: Matrix<Scalar>, _ y: Matrix<Scalar>
  ) {
    precondition(delta.rows == z.rows && delta.columns == z.columns, "an error for each weighted input")
    precondition(y.rows == z.rows && y.columns == z.columns, "a target for each weighted input")
    let width = z.columns
    let (z, y) = (z.elements, y.elements)
    delta.withMutableElements { delta in
      for first in stride(from: 0, to: delta.count, by: width) {
        let row = first..<first + width
        Pair.formDelta(
          &delta, from: first, z.span.extracting(row), targets: y.span.extracting(row), scale: Scalar(softmaxScale))
      }
    }
  }
}
