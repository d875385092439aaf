public import LinearAlgebra

/// A run of consecutive examples of a data set.
public struct Examples: Sendable {
  /// The data set they belong to.
  public let dataset: Dataset

  /// Their positions in it.
  public let range: Range<Int>

  /// The pixels that are not 0, a row for each example; `nil` if they have not been compressed.
  public private(set) var compressedPixels: CompressedRows?

  /// The examples of a data set at the given positions, or all of them.
  public init(of dataset: Dataset, in range: Range<Int>? = nil) {
    let range = range ?? 0..<dataset.count
    precondition(range.lowerBound >= 0 && range.upperBound <= dataset.count, "outside the data set")
    self.dataset = dataset
    self.range = range
  }

  /// The number of examples.
  public var count: Int { range.count }

  /// Whether images of their size can be compressed.
  public var isCompressible: Bool { dataset.pixelCount <= CompressedRows.largestColumnCount }

  /// The share of pixels that are not 0: 0.19 on MNIST.
  public var density: Double {
    guard count > 0, dataset.pixelCount > 0 else { return 0 }
    return withPixels { Double(CompressedRows.nonzeroCount($0)) } / Double(count * dataset.pixelCount)
  }

  /// Compresses the pixels, which stay in the data set as well.
  public mutating func compressPixels() {
    compressedPixels = withPixels { CompressedRows($0, columnCount: dataset.pixelCount) }
  }

  private func withPixels<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let (bytes, width) = (dataset.images.bytes, dataset.pixelCount)
    return body(bytes.span.extracting(range.lowerBound * width..<range.upperBound * width))
  }
}
