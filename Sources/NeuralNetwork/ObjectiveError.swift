/// A combination of output layer, cost and softmax scale that is not an objective.
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
