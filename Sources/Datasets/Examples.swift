/// Consecutive examples of a data set.
public struct Examples: Sendable {
  /// The data set they belong to.
  public let dataset: Dataset

  /// Their positions in it.
  public let range: Range<Int>

  /// The examples of a data set at the given positions, or all of them.
  public init(of dataset: Dataset, in range: Range<Int>? = nil) {
    let range = range ?? 0..<dataset.count
    precondition(range.lowerBound >= 0 && range.upperBound <= dataset.count, "outside the data set")
    self.dataset = dataset
    self.range = range
  }

  /// The number of examples.
  public var count: Int { range.count }

  /// The class of each example.
  public var labels: ArraySlice<UInt8> { dataset.labels[range] }

  /// The number of examples of each class, for classes from 0 to `classCount` - 1.
  public func classCounts(_ classCount: Int) -> [Int] { Datasets.classCounts(of: labels, classCount: classCount) }

  /// The share of nonzero pixels: 0.19 on MNIST.
  public var density: Double {
    let count = range.count * dataset.pixelCount
    let nonzeroCount = dataset.pixels.nonzeroCount(inImages: range, pixelCount: dataset.pixelCount)
    return count == 0 ? 0 : Double(nonzeroCount) / Double(count)
  }
}
