/// The examples of a training file, split into those that train and those that validate.
public struct Split: Sendable {
  /// The examples to learn from.
  public let training: Examples

  /// The examples held out; `nil` for none.
  public let validation: Examples?

  /// Holds out some examples of a data set.
  ///
  /// - Parameters:
  ///   - dataset: The contents of the training file.
  ///   - validationCount: The number of examples held out; by default a sixth, rounded down, which is 10,000 on MNIST, as
  ///     in the book.
  ///   - limit: The greatest number of the remaining examples to use, from the first.
  ///   - kind: The examples that are held out.
  ///   - seed: The seed by which they are drawn.
  ///   - expanding: Whether each training image is followed by four moved ones; `Dataset.expanded` describes them.
  /// - Throws: `nothingToTrainOn`, if all examples would be held out.
  package init(
    _ dataset: Dataset, validationCount: Int? = nil, limit: Int? = nil, by kind: ValidationSplit = .tail,
    seed: UInt64 = 0, expanding: Bool = false
  ) throws(DataError.Fault) {
    let held = validationCount ?? dataset.count / 6
    precondition(held >= 0 && limit ?? 1 > 0, "counts of examples are positive")
    guard held < dataset.count else { throw .nothingToTrainOn(validation: held, examples: dataset.count) }
    let remaining = dataset.count - held
    // In one order with the held examples last, a part is a range: a training step pays nothing for the split.
    var dataset = dataset
    if kind == .stratified && held > 0 {
      dataset.reorder(ValidationSplit.stratifiedOrder(of: dataset.labels, heldCount: held, seed: seed))
    }
    var (used, rest) = (0..<min(limit ?? remaining, remaining), remaining..<dataset.count)
    if expanding {
      dataset = dataset.expanded(used, followedBy: rest)
      used = 0..<Dataset.expansionFactor * used.count
      rest = used.count..<dataset.count
    }
    training = Examples(of: dataset, in: used)
    validation = held == 0 ? nil : Examples(of: dataset, in: rest)
  }
}
