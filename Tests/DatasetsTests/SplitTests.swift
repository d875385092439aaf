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

  /// A data set of images whose one pixel is their position, with these labels.
  private func dataset(labels: [UInt8], isDense: Bool) -> Dataset {
    // A data set of mostly nonzero pixels keeps them as bytes, another one is compressed.
    let zeros = Array(repeating: UInt8(0), count: isDense ? 0 : 4)
    return Dataset(
      pixels: labels.indices.flatMap { [UInt8($0 + 1)] + zeros }, rows: 1, columns: zeros.count + 1, labels: labels)
  }

  /// The positions in the file of some examples of such a data set.
  private func positions(_ examples: Examples) -> [Int] {
    var batch = MiniBatch<Double>(capacity: examples.count, pixelCount: examples.dataset.pixelCount, classCount: 256)
    batch.gather(examples, in: ExampleOrder(count: examples.count), 0..<examples.count)
    let pixels = batch.inputs.dense
    return (0..<examples.count).map { Int((pixels[$0, 0] * 255).rounded()) - 1 }
  }

  @Test("a stratified split holds out the share of each class, in the order of the file", arguments: [true, false])
  func stratified(isDense: Bool) throws {
    // 60, 30 and 10 of three classes, sorted.
    let labels = [UInt8](repeating: 0, count: 60) + Array(repeating: 1, count: 30) + Array(repeating: 4, count: 10)
    let dataset = dataset(labels: labels, isDense: isDense)
    let split = try Split(dataset, validationCount: 20, by: .stratified, seed: 3)
    let held = try #require(split.validation)
    #expect(held.classCounts(5) == [12, 6, 0, 0, 2])
    #expect(split.training.classCounts(5) == [48, 24, 0, 0, 8])
    for examples in [split.training, held] {
      let positions = positions(examples)
      #expect(positions == positions.sorted())
      #expect(Array(examples.labels) == positions.map { labels[$0] })
    }
    #expect((positions(split.training) + positions(held)).sorted() == Array(0..<100))
  }

  @Test("the seed draws a stratified split, and the limit takes the first of the rest")
  func drawn() throws {
    let dataset = dataset(labels: (0..<200).map { UInt8($0 % 2) }, isDense: true)
    func held(_ seed: UInt64) throws -> [Int] {
      positions(try #require(try Split(dataset, validationCount: 50, by: .stratified, seed: seed).validation))
    }
    #expect(try held(1) == held(1))
    #expect(try held(1) != held(2))
    let all = try Split(dataset, validationCount: 50, by: .stratified, seed: 1)
    let limited = try Split(dataset, validationCount: 50, limit: 30, by: .stratified, seed: 1)
    #expect(try positions(#require(limited.validation)) == held(1))
    #expect(positions(limited.training) == Array(positions(all.training).prefix(30)))
  }

  @Test("each example of a class is as likely as another to be held out")
  func uniform() throws {
    let dataset = dataset(labels: [0, 0, 0, 0, 1, 1], isDense: true)
    var counts = Array(repeating: 0, count: 6)
    for seed in 0..<3000 {
      let split = try Split(dataset, validationCount: 3, by: .stratified, seed: UInt64(seed))
      for position in positions(try #require(split.validation)) { counts[position] += 1 }
    }
    // Half of the 3,000 draws; five standard deviations are 137.
    for count in counts { #expect(abs(count - 1500) < 137) }
  }

  @Test("shares are rounded by the largest remainder, and of equal ones by the lower class")
  func shares() {
    #expect(ValidationSplit.shares(of: [5, 5, 5], heldCount: 4) == [2, 1, 1])
    #expect(ValidationSplit.shares(of: [10, 0, 1, 1], heldCount: 2) == [2, 0, 0, 0])
    #expect(ValidationSplit.shares(of: [7, 2, 3], heldCount: 5) == [3, 1, 1])
    #expect(ValidationSplit.shares(of: [4, 4], heldCount: 0) == [0, 0])
    for held in 0...30 { #expect(ValidationSplit.shares(of: [17, 0, 9, 4], heldCount: held).reduce(0, +) == held) }
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
