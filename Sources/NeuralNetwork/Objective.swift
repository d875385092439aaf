/// What the output layer makes of its weighted inputs z.
public enum OutputLayer: String, CaseIterable, Sendable {
  /// aⱼ = σ(zⱼ): each output is a yes or no of its own.
  case sigmoid
  /// aⱼ = e^(c·zⱼ) / Σₖ e^(c·zₖ): the outputs are probabilities of the classes and sum to 1.
  case softmax
  /// aⱼ = zⱼ.
  case linear
}

/// How far the outputs are from the targets.
public enum Cost: String, CaseIterable, Sendable {
  /// C = ½‖a − y‖².
  /// - Source: the book's equation 6, for one example.
  case quadratic
  /// C = −Σⱼ [yⱼ ln aⱼ + (1 − yⱼ) ln(1 − aⱼ)] with sigmoid outputs, and the log-likelihood cost
  /// C = −Σⱼ yⱼ ln aⱼ with softmax.
  /// - Source: the book's equations 63 and 80.
  case crossEntropy = "cross-entropy"
}

/// An output layer and a cost that fit together: what training minimises.
///
/// This is the one place that knows which pairs exist, what a pair costs and what its error δ = ∂C/∂z is. Both are
/// computed from the weighted inputs z, never from a rounded output a, so that a saturated neuron still has an exact
/// cost and an exact error.
///
/// | output | cost | C of an example | δ = ∂C/∂z |
/// |---|---|---|---|
/// | sigmoid | quadratic | ½‖a−y‖² | (a−y)·σ′(z) |
/// | sigmoid | cross-entropy | −Σ [y ln a + (1−y) ln(1−a)] | a−y |
/// | softmax | quadratic | ½‖a−y‖² | c·aⱼ(gⱼ − Σₖ aₖgₖ), g = a−y |
/// | softmax | cross-entropy | −Σ y ln a | c·(a−y) |
/// | linear | quadratic | ½‖z−y‖² | z−y |
public struct Objective: Equatable, Sendable {
  /// The five pairs. The cross-entropy of linear outputs is missing: they may be negative, and have no logarithm.
  enum Pair: Sendable {
    case sigmoidQuadratic
    case sigmoidCrossEntropy
    case softmaxQuadratic
    case softmaxLogLikelihood
    case linearQuadratic
  }

  /// Why there is no such objective.
  public enum ObjectiveError: Error, Equatable, CustomStringConvertible {
    /// Linear outputs have no cross-entropy.
    case undefinedCost
    /// Only softmax has a scale.
    case scaleWithoutSoftmax
    /// The softmax scale is 0, negative or not finite.
    case unusableScale

    /// Fault and remedy.
    public var description: String {
      switch self {
      case .undefinedCost:
        "linear outputs may be negative and have no cross-entropy; choose the quadratic cost, or sigmoid or softmax outputs"
      case .scaleWithoutSoftmax: "only softmax outputs have a scale; choose softmax, or leave the scale out"
      case .unusableScale: "the softmax scale is a positive number; 1 is the usual softmax"
      }
    }
  }

  /// The output layer.
  public let output: OutputLayer

  /// The cost.
  public let cost: Cost

  /// The c of softmax(c·z): how sharply it tells apart its weighted inputs. 1 with another output layer.
  /// - Source: chapter 3, the problem on where the "softmax" name comes from.
  public let softmaxScale: Double

  let pair: Pair

  /// An output layer with a cost.
  /// - Throws: `ObjectiveError`, if the cost is not defined for the outputs or the scale makes no sense.
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

  /// All objectives there are, with the usual softmax.
  public static var all: [Objective] {
    OutputLayer.allCases.flatMap { output in
      Cost.allCases.compactMap { cost in try? Objective(output: output, cost: cost) }
    }
  }

  /// The targets of an example: of the output that stands for its class, and of every other output.
  ///
  /// Smoothing by ε draws them toward what is known before looking: 1/K of each of K classes where the outputs are
  /// probabilities of classes, and ½ where every output is a question of its own.
  ///
  ///     (1 − ε)y + ε/K   (softmax, linear)        (1 − ε)y + ε/2   (sigmoid)
  public func targets(classCount: Int, smoothing: Double) -> (hit: Double, miss: Double) {
    precondition(smoothing >= 0 && smoothing < 1, "smoothing is in [0, 1)")
    let share = output == .sigmoid ? smoothing / 2 : smoothing / Double(classCount)
    return (1 - smoothing + share, share)
  }
}
