import Datasets
import LinearAlgebra
import Testing

@Suite("Mini-batches") struct MiniBatchTests {
  /// Five examples of two pixels, of which the run begins at the second.
  fileprivate func examples() throws -> Examples {
    let dataset = try Dataset(
      images: IDXFile(path: "images", dimensions: [5, 1, 2], bytes: [9, 9, 0, 255, 51, 102, 1, 2, 3, 4]),
      labels: IDXFile(path: "labels", dimensions: [5], bytes: [1, 0, 2, 1, 2]))
    return Examples(of: dataset, in: 1..<5)
  }

  @Test("a mini-batch has the pixels over 255, the labels and their targets, in the order asked for")
  func gather() throws {
    var batch = MiniBatch<Double>(capacity: 3, pixelCount: 2, classCount: 3, hit: 0.9, miss: 0.05)
    let examples = try examples()
    batch.gather(examples, in: ExampleOrder(count: 4), 0..<3)
    let inputs: [Double] = [0, 255, 51, 102, 1, 2].map { $0 / 255 }
    #expect(batch.inputs.dense.elements == inputs)
    #expect(batch.labels == [0, 2, 1])
    #expect(batch.targets.elements == [0.9, 0.05, 0.05, 0.05, 0.05, 0.9, 0.05, 0.9, 0.05])

    var order = ExampleOrder(count: 4)
    var generator = Xoshiro256StarStar(seed: 1, stream: .order)
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
      batch.gather(try MiniBatchTests().examples(), in: ExampleOrder(count: 4), 0..<3)
    }
    await #expect(processExitsWith: .failure) {
      var batch = MiniBatch<Double>(capacity: 4, pixelCount: 2, classCount: 2)
      batch.gather(try MiniBatchTests().examples(), in: ExampleOrder(count: 4), 0..<4)
    }
  }

  @Test("a short mini-batch leaves nothing of a longer one")
  func short() throws {
    var batch = MiniBatch<Float>(capacity: 3, pixelCount: 2, classCount: 3)
    let examples = try examples()
    batch.gather(examples, in: ExampleOrder(count: 4), 0..<3)
    batch.gather(examples, in: ExampleOrder(count: 4), 3..<4)
    #expect(batch.count == 1)
    #expect(batch.inputs.dense == Matrix(rows: 1, columns: 2, elements: [3 / 255, 4 / 255]))
    #expect(batch.targets == Matrix(rows: 1, columns: 3, elements: [0, 0, 1]))
  }
}
