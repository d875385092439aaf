/// The examples of a training file, parted into those that train and those that validate.
public struct Split: Sendable {
  /// The examples to learn from.
  public let training: Examples

  /// The examples held out, the last of the file; `nil` for none.
  public let validation: Examples?

  /// What makes a split impossible.
  public enum SplitError: Error, Equatable, CustomStringConvertible {
    /// No example is left to learn from.
    case nothingToTrainOn(validation: Int, examples: Int)

    /// Fault and remedy.
    public var description: String {
      switch self {
      case .nothingToTrainOn(let validation, let examples):
        "\(validation) validation examples leave nothing to train on, for the training file has \(examples); "
          + "choose at most \(examples - 1)"
      }
    }
  }

  /// Holds out the last examples of a data set.
  ///
  /// - Parameters:
  ///   - dataset: The contents of the training file.
  ///   - validationCount: How many are held out; by default a sixth, rounded down, which is 10,000 on MNIST, as in
  ///     the book.
  ///   - limit: How many of the remaining are used at most, from the first.
  /// - Throws: `nothingToTrainOn`, if all examples would be held out.
  public init(
    _ dataset: Dataset, validationCount: Int? = nil, limit: Int? = nil
  ) throws(SplitError) {
    let held = validationCount ?? dataset.count / 6
    precondition(held >= 0 && limit ?? 1 > 0, "counts of examples are positive")
    guard held < dataset.count else {
      throw .nothingToTrainOn(validation: held, examples: dataset.count)
    }
    let remaining = dataset.count - held
    training = Examples(of: dataset, in: 0..<min(limit ?? remaining, remaining))
    validation = held == 0 ? nil : Examples(of: dataset, in: remaining..<dataset.count)
  }
}
