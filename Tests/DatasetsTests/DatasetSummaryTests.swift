import Datasets
import Testing

@Suite("Figures of a data set") struct DatasetSummaryTests {
  /// Two images of 2×2 pixels, classes 0 and 2.
  private let dataset = Dataset(pixels: [0, 0, 0, 255, 51, 0, 102, 0], rows: 2, columns: 2, labels: [2, 0])

  @Test("mean and deviation are those of the pixels divided by 255")
  func figures() {
    let summary = DatasetSummary(of: dataset, classCount: 3)
    #expect(summary.count == 2 && summary.classCounts == [1, 0, 1])
    // (1 + 0.2 + 0.4)/8, and √(mean of squares − mean²)
    #expect(abs(summary.mean - 0.2) < 1e-15)
    #expect(abs(summary.standardDeviation - (1.2 / 8 - 0.04).squareRoot()) < 1e-15)
    #expect(summary.density == 3.0 / 8)
    #expect(summary.pixelCounts[0] == 5 && summary.pixelCounts[51] == 1 && summary.pixelCounts.reduce(0, +) == 8)
  }

  @Test("an image that is in both sets is found at its first position, compressed or not")
  func sharedImages() {
    let other = Dataset(
      pixels: [9, 9, 9, 9, 51, 0, 102, 0, 51, 0, 102, 0], rows: 2, columns: 2, labels: [0, 1, 2])
    var compressed = dataset
    compressed.compressPixels()
    for dataset in [dataset, compressed] {
      #expect(dataset.images(alsoIn: other).map { [$0.position, $0.other] } == [[1, 1]])
      #expect(dataset.image(1) == [51, 0, 102, 0])
    }
  }

  @Test("a data set is known by the sums of its files, also where some of them are others")
  func known() throws {
    for known in KnownDataSet.all {
      #expect(known.sha256.values.allSatisfy { $0.count == 64 } && Set(known.sha256.values).count == 4)
      var sums = known.sha256
      #expect(KnownDataSet.closest(to: sums)?.dataSet == known)
      #expect(KnownDataSet.closest(to: sums)?.differing == [])
      sums["test_labels"] = "00"
      #expect(KnownDataSet.closest(to: sums)?.dataSet == known)
      #expect(KnownDataSet.closest(to: sums)?.differing == ["test_labels"])
    }
    #expect(KnownDataSet.closest(to: ["test_labels": "00"]) == nil)
  }
}
