/// The examples of a training file, split into those that train and those that validate.
public struct Split: Sendable {
  /// The examples to learn from.
  public let training: Examples

  /// The examples held out, the last of the file; `nil` for none.
  public let validation: Examples?

  /// Holds out the last examples of a data set.
  ///
  /// - Parameters:
  ///   - dataset: The contents of the training file.
  ///   - validationCount: The number of examples held out; by default a sixth, rounded down, which is 10,000 on MNIST, as
  ///     in the book.
  ///   - limit: The greatest number of the remaining examples to use, from the first.
  /// - Throws: `nothingToTrainOn`, if all examples would be held out.
  package init(_ dataset: Dataset, validationCount: Int? = nil, limit: Int? = nil) throws(DataError.Fault) {
    let held = validationCount ?? dataset.count / 6
    precondition(held >= 0 && limit ?? 1 > 0, "counts of examples are positive")
    guard held < dataset.count else { throw .nothingToTrainOn(validation: held, examples: dataset.count) }
    let remaining = dataset.count - held
    training = Examples(of: dataset, in: 0..<min(limit ?? remaining, remaining))
    validation = held == 0 ? nil : Examples(of: dataset, in: remaining..<dataset.count)
  }
}
