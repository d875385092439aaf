import Datasets
import Foundation
import NeuralNetwork
import Training

/// The digits that come with the program.
func bundledDigits(file: String = #filePath) throws -> DataFolder {
  let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  return try DataFolder(readingFrom: root.appending(path: "data").path)
}

/// Examples of two pixels, the brighter of which says the class.
func brighterPixel(count: Int) throws -> Dataset {
  let first = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
  let pixels = first.flatMap { [$0, 255 - $0] }
  return try Dataset(
    images: IDXFile(path: "images", dimensions: [count, 1, 2], bytes: pixels),
    labels: IDXFile(path: "labels", dimensions: [count], bytes: first.map { $0 > 127 ? 0 : 1 }))
}

/// A trainer for those examples: 40 to train, 20 to validate, 30 to test.
func brighterPixelTrainer(
  _ objective: Objective, hyperparameters: Hyperparameters, validationCount: Int = 20
) throws -> Trainer<Double> {
  Trainer(
    Network(sizes: [2, 3, 2], initialization: .scaled, seed: hyperparameters.seed), objective: objective,
    hyperparameters: hyperparameters,
    split: try Split(brighterPixel(count: 40 + validationCount), validationCount: validationCount),
    test: Examples(of: try brighterPixel(count: 30)))
}
