import Datasets
import Testing

@Suite("Validation split") struct SplitTests {
  /// A data set of some examples of one pixel.
  private func dataset(_ count: Int) -> Dataset {
    Dataset(
      pixels: Array(repeating: 1, count: count), rows: 1, columns: 1, labels: Array(repeating: 0, count: count))
  }

  @Test("a sixth, rounded down, is held out at the end by default")
  func defaults() throws {
    let split = try Split(dataset(4000))
    #expect(split.training.range == 0..<3334)
    #expect(split.validation?.range == 3334..<4000)
    #expect(try Split(dataset(5)).validation == nil)
  }

  @Test("with no validation examples all others train")
  func none() throws {
    let split = try Split(dataset(12), validationCount: 0)
    #expect(split.training.range == 0..<12)
    #expect(split.validation == nil)
  }

  @Test("the limit counts after the split and leaves the validation examples as they are")
  func limit() throws {
    let split = try Split(dataset(12), validationCount: 4, limit: 5)
    #expect(split.training.range == 0..<5)
    #expect(split.validation?.range == 8..<12)
    #expect(try Split(dataset(12), validationCount: 4, limit: 100).training.range == 0..<8)
  }

  @Test("a split that leaves nothing to train on is refused")
  func nothingLeft() throws {
    let dataset = dataset(12)
    #expect(throws: DataError.Fault.nothingToTrainOn(validation: 12, examples: 12)) {
      try Split(dataset, validationCount: 12)
    }
    #expect(try Split(dataset, validationCount: 11).training.count == 1)
  }
}
