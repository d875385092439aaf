/// The figures of a data set's pixels and classes.
public struct DatasetSummary: Sendable {
  /// The number of images.
  public let count: Int

  /// The number of images of each class.
  public let classCounts: [Int]

  /// The number of pixels of each value, 0 to 255.
  public let pixelCounts: [Int]

  /// The figures of a data set with classes from 0 to `classCount` - 1.
  public init(of dataset: Dataset, classCount: Int) {
    count = dataset.count
    classCounts = Datasets.classCounts(of: dataset.labels, classCount: classCount)
    var counts = [Int](repeating: 0, count: 256)
    for position in 0..<dataset.count {
      for pixel in dataset.image(position) { counts[Int(pixel)] += 1 }
    }
    pixelCounts = counts
  }

  /// The mean of the pixels divided by 255.
  public var mean: Double { sum { Double($0) } / 255 / pixelCount }

  /// The standard deviation of the pixels divided by 255, √(Σ(x − x̄)²/n).
  public var standardDeviation: Double {
    let mean = mean
    return (sum { (Double($0) / 255 - mean) * (Double($0) / 255 - mean) } / pixelCount).squareRoot()
  }

  /// The share of pixels that are not 0.
  public var density: Double { (pixelCount - Double(pixelCounts[0])) / pixelCount }

  private var pixelCount: Double { Double(pixelCounts.reduce(0, +)) }

  private func sum(_ term: (Int) -> Double) -> Double {
    pixelCounts.indices.reduce(0) { $0 + Double(pixelCounts[$1]) * term($1) }
  }
}

extension Dataset {
  /// The images that are also in another data set, each with the first position at which it is there.
  public func images(alsoIn other: Dataset) -> [(position: Int, other: Int)] {
    var positions: [Int: [Int]] = [:]
    for position in 0..<other.count { positions[other.image(position).hashValue, default: []].append(position) }
    return (0..<count).compactMap { position in
      let image = image(position)
      let found = positions[image.hashValue]?.first { other.image($0) == image }
      return found.map { (position, $0) }
    }
  }
}
