/// How far the activation of the class that was read can be taken for the probability that it is right.
///
/// The activations are put into ten bins of equal width. Of a network that knows how sure it is, a share of 0.7 is right
/// among those of activation 0.7.
/// - Source: C. Guo et al., "On calibration of modern neural networks", ICML 2017, equations 2 to 5.
public struct Calibration: Equatable, Sendable {
  /// The images whose activation lies in an interval.
  public struct Bin: Equatable, Sendable {
    /// The number of images.
    public fileprivate(set) var count = 0
    /// The number of them that were read as what they are.
    public fileprivate(set) var correctCount = 0
    /// The sum of the activations.
    public fileprivate(set) var activationSum = 0.0

    /// The share that is right; `nil` if there are no images.
    public var accuracy: Double? { count == 0 ? nil : Double(correctCount) / Double(count) }
    /// The mean activation; `nil` if there are no images.
    public var meanActivation: Double? { count == 0 ? nil : activationSum / Double(count) }
  }

  /// The bins: b/10 ≤ activation < (b+1)/10, and 1 in the last.
  public private(set) var bins = Array(repeating: Bin(), count: 10)

  /// Nothing counted yet.
  public init() {}

  /// Counts an image.
  /// - Parameters:
  ///   - activation: The activation of the class that was read, in [0, 1].
  ///   - isCorrect: Whether it is the class of the image.
  mutating func add(_ activation: Double, isCorrect: Bool) {
    let bin = min(max(Int(activation * Double(bins.count)), 0), bins.count - 1)
    bins[bin].count += 1
    bins[bin].activationSum += activation
    if isCorrect { bins[bin].correctCount += 1 }
  }

  /// The mean distance between activation and accuracy, Σ n_b/n·|accuracy_b − mean activation_b|.
  public var expectedError: Double {
    let count = bins.reduce(0) { $0 + $1.count }
    let sum = bins.reduce(0) { $0 + (Double($1.correctCount) - $1.activationSum).magnitude }
    return sum / Double(count)
  }
}
