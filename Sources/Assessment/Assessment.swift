public import Datasets
import LinearAlgebra
public import NeuralNetwork
public import Training

/// The figures of a saved model on some examples.
public struct Assessment: Sendable {
  /// An image that was read as another class than its own.
  public struct Mistake: Equatable, Sendable {
    /// The position among the examples.
    public let position: Int
    /// The class of the image.
    public let label: Int
    /// The class that was read.
    public let read: Int
    /// The activation of the class that was read.
    public let activation: Double
  }

  /// How often each class was read as each class.
  public private(set) var confusion: ConfusionMatrix

  /// The mean cost of an example under every cost that the output layer has, for targets of 0 and 1.
  public private(set) var costs: [Cost: Double] = [:]

  /// How sure the network is, and how often it is right; `nil` for linear outputs, which are no probabilities.
  public private(set) var calibration: Calibration?

  /// The sum of an image's outputs. Softmax makes it 1; that of other layers tells how far their outputs are from
  /// probabilities.
  /// - Source: chapter 3, the exercise on softmax with sigmoid outputs.
  public private(set) var outputSum = (least: Double.infinity, mean: 0.0, greatest: -Double.infinity)

  /// The saturation of the output neurons; `nil` unless they are sigmoid.
  public private(set) var saturation: Saturation?

  /// The images that were misread, those of the greatest activation first.
  public private(set) var mistakes: [Mistake] = []

  /// Whether all outputs are finite. If not, the other figures mean nothing.
  public private(set) var isFinite = true

  /// The figures of a model on some examples, at least one, whose classes are outputs of the model.
  public init(of classifier: inout Classifier, on examples: Examples) {
    precondition(examples.count > 0, "examples to judge by")
    let (objective, labels) = (classifier.objective, Array(examples.labels))
    confusion = ConfusionMatrix(classCount: classifier.classCount)
    calibration = objective.output == .linear ? nil : Calibration()
    saturation = objective.output == .sigmoid ? Saturation() : nil
    classifier.classify(examples) { positions, outputs in add(outputs, Array(labels[positions]), positions, objective) }
    let count = Double(examples.count)
    costs = costs.mapValues { $0 / count }
    outputSum.mean /= count
    if costs.values.contains(where: { !$0.isFinite }) { isFinite = false }
    mistakes.sort { ($1.activation, $0.position) < ($0.activation, $1.position) }
  }

  /// The 95 % interval of the accuracy on examples like these.
  public var accuracyInterval: WilsonInterval {
    WilsonInterval(successes: confusion.correctCount, of: confusion.count)
  }

  private mutating func add(
    _ outputs: NetworkOutputs, _ labels: [UInt8], _ positions: Range<Int>, _ objective: Objective
  ) {
    let (z, a) = (outputs.weightedInputs, outputs.activations)
    var targets = Matrix<Double>(rows: z.rows, columns: z.columns)
    for (row, label) in labels.enumerated() {
      let label = Int(label)
      targets[row, label] = 1
      guard let read = outputs.classOfImage(row), a[row, read].isFinite else {
        isFinite = false
        continue
      }
      let activation = a[row, read]
      confusion[label, read] += 1
      calibration?.add(activation, isCorrect: read == label)
      if read != label {
        mistakes.append(Mistake(position: positions.lowerBound + row, label: label, read: read, activation: activation))
      }
      let sum = (0..<a.columns).reduce(0) { $0 + a[row, $1] }
      outputSum = (min(outputSum.least, sum), outputSum.mean + sum, max(outputSum.greatest, sum))
    }
    saturation?.add(z)
    for cost in Cost.allCases {
      let measure = try? Objective(output: objective.output, cost: cost, softmaxScale: objective.softmaxScale)
      guard let measure else { continue }
      costs[cost, default: 0] += measure.cost(weightedInputs: z, targets: targets)
    }
  }
}
