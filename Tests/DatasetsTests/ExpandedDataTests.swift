import Testing

@testable import Datasets

@Suite("Expanded data") struct ExpandedDataTests {
  private static let image: [UInt8] = [
    1, 2, 3,
    4, 5, 6,
  ]

  private func dataset(count: Int) -> Dataset {
    let pixels = (0..<count).flatMap { index in Self.image.map { $0 + UInt8(10 * index) } }
    return Dataset(pixels: pixels, rows: 2, columns: 3, labels: (0..<count).map { UInt8($0) })
  }

  @Test(
    "an image is followed by itself moved down, up, right and left; pixels that leave it are lost, those that enter are 0"
  )
  func moves() throws {
    let split = try Split(dataset(count: 1), validationCount: 0, expanding: true)
    #expect(split.training.range == 0..<5)
    #expect(
      (0..<5).map { split.training.dataset.image($0) } == [
        Self.image,
        [0, 0, 0, 1, 2, 3],
        [4, 5, 6, 0, 0, 0],
        [0, 1, 2, 0, 4, 5],
        [2, 3, 0, 5, 6, 0],
      ])
  }

  @Test("the images that validate are not expanded, and no pixel of theirs is trained on")
  func validation() throws {
    let split = try Split(dataset(count: 5), validationCount: 2, expanding: true)
    #expect(split.training.count == 15)
    #expect(Array(split.training.labels) == [0, 1, 2].flatMap { Array(repeating: $0, count: 5) })
    let validation = try #require(split.validation)
    #expect(Array(validation.labels) == [3, 4])
    let plain = try Split(dataset(count: 5), validationCount: 2)
    for position in 0..<2 {
      #expect(
        validation.dataset.image(validation.range.lowerBound + position) == plain.training.dataset.image(3 + position))
    }
  }

  @Test("a limit counts the images before they are expanded")
  func limit() throws {
    let split = try Split(dataset(count: 5), validationCount: 1, limit: 2, expanding: true)
    #expect(Array(split.training.labels) == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    #expect(split.validation?.labels.first == 4)
  }

  @Test("it is stored in compressed rows, even where images are dense")
  func compressed() throws {
    let split = try Split(dataset(count: 2), validationCount: 1, expanding: true)
    guard case .compressed(let rows) = split.training.dataset.pixels else {
      Issue.record("the pixels are bytes")
      return
    }
    #expect(rows.rowCount == 6)
  }
}
