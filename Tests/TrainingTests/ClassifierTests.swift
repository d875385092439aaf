import Datasets
import Foundation
import LinearAlgebra
import NeuralNetwork
import Safetensors
import SparseInputs
import Testing
import Training

@Suite("Classifier") struct ClassifierTests {
  private func model<Scalar: SparseScalar>(_: Scalar.Type, _ sizes: [Int]) throws -> Model {
    let provenance = Provenance(version: "1.2.3", directory: nil, sha256: [:])
    return try Model(
      Safetensors(
        model: Network<Scalar>(sizes: sizes, initialization: .scaled, seed: 2),
        configuration: TrainingConfiguration(learningRate: 1), provenance: provenance, epoch: 0))
  }

  /// Images of random pixels, half of them 0.
  private func dataset(_ count: Int, pixelCount: Int) -> Dataset {
    var generator = Xoshiro256StarStar(seed: 5, purpose: .weights)
    let pixels = (0..<count * pixelCount).map { _ -> UInt8 in
      let pixel = generator.next(below: 512)
      return pixel > 255 ? 0 : UInt8(pixel)
    }
    return Dataset(pixels: pixels, rows: 1, columns: pixelCount, labels: Array(repeating: 0, count: count))
  }

  private func outputs(_ model: Model, _ objective: Objective, _ dataset: Dataset, in range: Range<Int>) -> [Double] {
    var (classifier, all) = (Classifier(model, objective), [Double]())
    classifier.classify(Examples(of: dataset, in: range)) { positions, outputs in
      #expect(outputs.activations.rows == positions.count)
      all += outputs.activations.elements
    }
    return all
  }

  @Test("the activations are those of the formulas", arguments: OutputLayer.allCases)
  func formulas(output: OutputLayer) throws {
    let model = try model(Double.self, [6, 4, 3])
    let objective = try Objective(output: output, cost: .quadratic)
    let dataset = dataset(300, pixelCount: 6)
    let layers = model.network(Double.self).layers
    let activations = outputs(model, objective, dataset, in: 7..<300)
    #expect(activations.count == 293 * 3)
    guard case .bytes(let pixels) = dataset.pixels else { return }
    for image in [0, 1, 255, 256, 292] {
      var a = pixels[(image + 7) * 6..<(image + 8) * 6].map { Double($0) / 255 }
      for (index, layer) in layers.enumerated() {
        var z = layer.biases
        for row in z.indices { for column in a.indices { z[row] += layer.weights[row, column] * a[column] } }
        let exponentials = z.map { exp($0) }
        let sum = exponentials.reduce(0, +)
        switch index == 0 ? .sigmoid : output {
        case .sigmoid: a = exponentials.map { $0 / (1 + $0) }
        case .softmax: a = exponentials.map { $0 / sum }
        case .linear: a = z
        }
      }
      for (own, expected) in zip(activations[image * 3..<image * 3 + 3], a) { #expect(abs(own - expected) < 1e-12) }
    }
  }

  @Test("the bits of an image's outputs do not depend on the images beside it", arguments: [30, 33, 100, 300])
  func grouping(hidden: Int) throws {
    // Threads divide the rows of a product among them.
    BLASLibrary.setThreads(1)
    for sizes in [[50, hidden, 10], [50, 10], [50, hidden, 20, 10]] {
      let objective = try Objective(output: .softmax, cost: .crossEntropy)
      let dataset = dataset(700, pixelCount: 50)
      try check(model(Double.self, sizes), objective, dataset)
      try check(model(Float.self, sizes), objective, dataset)
    }
  }

  private func check(_ model: Model, _ objective: Objective, _ dataset: Dataset) {
    let all = outputs(model, objective, dataset, in: 0..<700)
    for range in [0..<1, 0..<255, 3..<4, 255..<257, 300..<600, 699..<700] {
      let part = outputs(model, objective, dataset, in: range)
      let whole = all[range.lowerBound * 10..<range.upperBound * 10]
      let differing = Set(zip(part, whole).enumerated().filter { $1.0 != $1.1 }.map { $0.offset / 10 }).sorted()
      #expect(differing == [], "\(model.sizes), \(model.precision), images of \(range)")
    }
  }
}
