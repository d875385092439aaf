import Assessment
import Datasets
import Foundation
import LinearAlgebra
import NeuralNetwork
import Safetensors
import Testing
import Training

/// The figures of scikit-learn and statsmodels, which `Reference/make_assessment.py` writes.
@Suite("Assessment of a model") struct AssessmentTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Bins: Decodable {
      var count: [Int]
      var accuracy, activation: [Double]
    }
    var output: String
    var pixels, labels: [UInt8]
    var weights, biases: [Double]
    var confusion, count: [Int]
    var accuracy, low, high, quadratic: Double
    var precision, recall, f1: [Double?]
    var sums: [Double]
    var crossEntropy, saturated, calibrationError: Double?
    var bins: Bins?
    var testDescription: String { output }
  }

  private static let cases: [Case] = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let url = Bundle.module.url(forResource: "assessment", withExtension: "json", subdirectory: "Reference")
    return url.flatMap { try? decoder.decode([Case].self, from: Data(contentsOf: $0)) } ?? []
  }()

  private func assess(_ sample: Case) throws -> Assessment {
    let (classCount, pixelCount) = (sample.biases.count, sample.weights.count / sample.biases.count)
    let model = try Model(
      Safetensors(
        tensors: [
          "layers.0.weight": Tensor(sample.weights, shape: [classCount, pixelCount]),
          "layers.0.bias": Tensor(sample.biases, shape: [classCount]),
        ], metadata: [:]))
    let output = try #require(OutputLayer(rawValue: sample.output))
    var classifier = Classifier(model, try Objective(output: output, cost: .quadratic))
    let dataset = Dataset(pixels: sample.pixels, rows: 1, columns: pixelCount, labels: sample.labels)
    return Assessment(of: &classifier, on: Examples(of: dataset))
  }

  private func isClose(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-12 * max(1, abs(b))
  }

  @Test("there is a case for each output layer")
  func allOutputs() { #expect(Self.cases.map(\.output) == ["sigmoid", "softmax", "linear"]) }

  @Test("accuracy and confusion, precision, recall and F1 of each class are those of scikit-learn", arguments: cases)
  func classes(sample: Case) throws {
    let assessment = try assess(sample)
    let (confusion, classes) = (assessment.confusion, 0..<sample.biases.count)
    #expect(classes.flatMap { label in classes.map { confusion[label, $0] } } == sample.confusion)
    #expect(classes.map { confusion.count(of: $0) } == sample.count)
    #expect(isClose(Double(confusion.correctCount) / Double(confusion.count), sample.accuracy))
    for label in classes {
      #expect(isClose(confusion.precision(of: label), sample.precision[label]), "precision of \(label)")
      #expect(isClose(confusion.recall(of: label), sample.recall[label]), "recall of \(label)")
      #expect(isClose(confusion.f1(of: label), sample.f1[label]), "F1 of \(label)")
    }
    #expect(sample.precision.contains(nil) && sample.recall.contains(nil), "the case has classes without a figure")
  }

  @Test("the interval of the accuracy is Wilson's, as statsmodels has it", arguments: cases)
  func interval(sample: Case) throws {
    let interval = try assess(sample).accuracyInterval
    #expect(isClose(interval.low, sample.low) && isClose(interval.high, sample.high))
  }

  @Test("costs are scikit-learn's losses, and there is none that the outputs do not have", arguments: cases)
  func costs(sample: Case) throws {
    let costs = try assess(sample).costs
    #expect(isClose(costs[.quadratic], sample.quadratic))
    #expect(isClose(costs[.crossEntropy], sample.crossEntropy))
  }

  @Test("calibration, sums of outputs and saturation are those of the formulas", arguments: cases)
  func outputs(sample: Case) throws {
    let assessment = try assess(sample)
    #expect(isClose(assessment.calibration?.expectedError, sample.calibrationError))
    let bins = assessment.calibration?.bins ?? []
    #expect(bins.map(\.count) == sample.bins?.count ?? [])
    for (own, expected) in zip(bins.compactMap(\.accuracy), sample.bins?.accuracy ?? []) {
      #expect(isClose(own, expected))
    }
    for (own, expected) in zip(bins.compactMap(\.meanActivation), sample.bins?.activation ?? []) {
      #expect(isClose(own, expected))
    }
    let sum = assessment.outputSum
    #expect(zip([sum.least, sum.mean, sum.greatest], sample.sums).allSatisfy { isClose($0, $1) })
    #expect(isClose(assessment.saturation?.saturatedShare, sample.saturated))
  }

  @Test("mistakes are the images that were misread, the most confident first", arguments: cases)
  func mistakes(sample: Case) throws {
    let assessment = try assess(sample)
    let mistakes = assessment.mistakes
    #expect(mistakes.count == assessment.confusion.count - assessment.confusion.correctCount)
    #expect(zip(mistakes, mistakes.dropFirst()).allSatisfy { $0.activation >= $1.activation })
    #expect(mistakes.allSatisfy { Int(sample.labels[$0.position]) == $0.label && $0.read != $0.label })
  }

  @Test("outputs that are not finite are told")
  func notFinite() throws {
    var sample = try #require(Self.cases.last)
    #expect(try assess(sample).isFinite)
    sample.weights = sample.weights.map { _ in 1e308 }
    #expect(try !assess(sample).isFinite)
    sample.output = "softmax"
    #expect(try !assess(sample).isFinite)
  }

  @Test("Wilson's interval of none and of all begins at 0 and ends at 1")
  func extremes() {
    let (none, all) = (WilsonInterval(successes: 0, of: 20), WilsonInterval(successes: 20, of: 20))
    #expect(none.low == 0 && all.high == 1)
    // z²/(n + z²)
    #expect(isClose(none.high, 0.1611251580528334) && isClose(all.low, 1 - 0.1611251580528334))
  }
}
