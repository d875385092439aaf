import Datasets
import NeuralNetwork
import TestSupport
import Training

/// The bundled digits.
func bundledDigits(limit: Int? = nil) throws -> TrainingData {
  try TrainingData(DataFolder(readingFrom: root + "/data"), .init(limit: limit))
}

/// Examples of two pixels; the brighter one determines the class.
func brighterPixel(count: Int) -> Dataset {
  let first = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
  return Dataset(
    pixels: first.flatMap { [$0, 255 - $0] }, rows: 1, columns: 2, labels: first.map { $0 > 127 ? 0 : 1 })
}

/// Those examples: 40 to train, 30 to test.
func brighterPixelData(validationCount: Int = 20, test: Examples? = nil) throws -> TrainingData {
  let split = try Split(brighterPixel(count: 40 + validationCount), validationCount: validationCount)
  return TrainingData(
    training: split.training, validation: split.validation, test: test ?? Examples(of: brighterPixel(count: 30)),
    classCount: 2)
}

/// A configuration for an objective, with three hidden neurons.
func configuration(
  _ objective: Objective, learningRate: Double = 1, hidden: [Int] = [3],
  _ change: (inout TrainingConfiguration) -> Void = { _ in }
) -> TrainingConfiguration {
  var configuration = TrainingConfiguration(learningRate: learningRate)
  (configuration.output, configuration.cost) = (objective.output, objective.cost)
  configuration.softmaxScale = objective.softmaxScale
  configuration.hidden = hidden
  change(&configuration)
  return configuration
}
