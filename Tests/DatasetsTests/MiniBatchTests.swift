import Datasets
import LinearAlgebra
import Testing

@Suite("Mini-batches") struct MiniBatchTests {
  /// Five examples of two pixels, of which the run begins at the second.
  fileprivate func examples() -> Examples {
    Examples(
      of: Dataset(
        pixels: [9, 9, 0, 255, 51, 102, 1, 2, 3, 4], rows: 1, columns: 2, labels: [1, 0, 2, 1, 2]), in: 1..<5)
  }

  @Test("a mini-batch has the pixels over 255, the labels and their targets, in the order asked for")
  func gather() {
    var batch = MiniBatch<Double>(capacity: 3, pixelCount: 2, classCount: 3, targets: (0.9, 0.05))
    let examples = examples()
    batch.gather(examples, in: ExampleOrder(count: 4), 0..<3)
    let inputs: [Double] = [0, 255, 51, 102, 1, 2].map { $0 / 255 }
    #expect(batch.inputs.dense.elements == inputs)
    #expect(batch.labels == [0, 2, 1])
    #expect(batch.targets.elements == [0.9, 0.05, 0.05, 0.05, 0.05, 0.9, 0.05, 0.9, 0.05])

    var order = ExampleOrder(count: 4)
    var generator = Xoshiro256StarStar(seed: 1, purpose: .order)
    order.shuffle(using: &generator)
    batch.gather(examples, in: order, 1..<4)
    let pixels: [[Double]] = [[0, 255], [51, 102], [1, 2], [3, 4]]
    #expect(batch.inputs.dense.elements == order.positions[1..<4].flatMap { pixels[Int($0)].map { $0 / 255 } })
    #expect(batch.labels == order.positions[1..<4].map { [0, 2, 1, 2][Int($0)] })
  }

  @Test("more examples than there is room for, and a class without an output, stop the program")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      var batch = MiniBatch<Double>(capacity: 2, pixelCount: 2, classCount: 3)
      batch.gather(MiniBatchTests().examples(), in: ExampleOrder(count: 4), 0..<3)
    }
    await #expect(processExitsWith: .failure) {
      var batch = MiniBatch<Double>(capacity: 4, pixelCount: 2, classCount: 2)
      batch.gather(MiniBatchTests().examples(), in: ExampleOrder(count: 4), 0..<4)
    }
  }

  @Test("a short mini-batch leaves nothing of a longer one")
  func short() {
    var batch = MiniBatch<Float>(capacity: 3, pixelCount: 2, classCount: 3)
    let examples = examples()
    batch.gather(examples, in: ExampleOrder(count: 4), 0..<3)
    batch.gather(examples, in: ExampleOrder(count: 4), 3..<4)
    #expect(batch.count == 1)
    #expect(batch.inputs.dense == Matrix(rows: 1, columns: 2, elements: [3 / 255, 4 / 255]))
    #expect(batch.targets == Matrix(rows: 1, columns: 3, elements: [0, 0, 1]))
  }

  @Test("compressed and plain pixels make the same inputs, dense or sparse, in each part of a data set")
  func forms() {
    let pixels = (0..<10 * 9).map { UInt8($0 % 4 == 1 ? $0 : 0) }
    let plain = Dataset(
      pixels: (0..<90).map { UInt8($0 + 1) }, rows: 3, columns: 3, labels: Array(repeating: 0, count: 10))
    let dark = Dataset(pixels: pixels, rows: 3, columns: 3, labels: Array(repeating: 0, count: 10))
    guard case .bytes = plain.pixels, case .compressed = dark.pixels else {
      Issue.record("mostly black images are compressed, and bright ones are not")
      return
    }
    var compressed = plain
    compressed.compressPixels()
    let order = ExampleOrder(count: 4)
    for range in [0..<4, 5..<9] {
      var (batch, other) = (
        MiniBatch<Double>(capacity: 4, pixelCount: 9, classCount: 1),
        MiniBatch<Double>(capacity: 4, pixelCount: 9, classCount: 1, isSparse: true)
      )
      batch.gather(Examples(of: plain, in: range), in: order, 0..<4)
      #expect(batch.inputs.dense.elements == (range.lowerBound * 9..<range.upperBound * 9).map { Double($0 + 1) / 255 })
      other.gather(Examples(of: compressed, in: range), in: order, 0..<4)
      #expect(other.inputs.dense == batch.inputs.dense)
      batch.gather(Examples(of: compressed, in: range), in: order, 0..<4)
      #expect(other.inputs.dense == batch.inputs.dense)
      other.gather(Examples(of: dark, in: range), in: order, 0..<4)
      #expect(
        other.inputs.dense.elements == pixels[range.lowerBound * 9..<range.upperBound * 9].map { Double($0) / 255 })
      #expect(Examples(of: plain, in: range).density == 1)
      let nonzero = pixels[range.lowerBound * 9..<range.upperBound * 9].count { $0 != 0 }
      #expect(Examples(of: dark, in: range).density == Double(nonzero) / 36)
    }
  }
}
