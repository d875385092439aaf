import Assessment
import Datasets
import NeuralNetwork
import Training

/// The report on a saved model: for people, and as records.
struct EvaluationReport {
  let model: InitialModel
  let set: ExampleSet
  let folder: DataFolder
  let assessment: Assessment
  /// The position in the file of each example in memory, if that is another.
  let positions: [Int]?
  /// The position in memory of the first example.
  let first: Int

  /// The number of an image in its file, counted from 0.
  func image(_ mistake: Assessment.Mistake) -> Int {
    let position = first + mistake.position
    return positions?[position] ?? position
  }

  /// The label in the data that stands for a class.
  func label(_ class: Int) -> Int { `class` + folder.firstLabel }

  /// The weight penalty of the training; `nil` if the model does not tell its λ.
  var penalty: Double? {
    guard let choices = model.model.configuration else { return nil }
    return choices.weightDecay(trainingCount: choices.trainingCount).penalty(of: model.model.network(Double.self))
  }

  /// The share of saturated output neurons; `nil` unless they are sigmoid.
  var saturatedShare: Double? { assessment.saturation?.saturatedShare }

  private var classes: Range<Int> { 0..<assessment.confusion.classCount }

  /// All figures, as one object.
  var record: Record {
    let (confusion, interval, sum) = (assessment.confusion, assessment.accuracyInterval, assessment.outputSum)
    return Record(
      nil,
      [
        ("model", .string(model.path)), ("set", .string(set.rawValue)), ("count", .integer(confusion.count)),
        ("correct", .integer(confusion.correctCount)),
        ("accuracy", .number(Double(confusion.correctCount) / Double(confusion.count))),
        ("accuracy_low", .number(interval.low)), ("accuracy_high", .number(interval.high)),
        ("cost_quadratic", .number(assessment.costs[.quadratic])),
        ("cost_cross_entropy", .number(assessment.costs[.crossEntropy])), ("penalty", .number(penalty)),
        ("saturated_share", .number(saturatedShare)),
        (
          "confusion",
          .list(classes.map { label in .list(classes.map { .integer(confusion[label, $0]) }) })
        ),
        (
          "classes",
          .list(classRecords.map { .object(Dictionary($0.fields.prefix(5).map { ($0.name, $0.value) }) { $1 }) })
        ),
        ("expected_calibration_error", .number(assessment.calibration?.expectedError)),
        ("reliability", .list((assessment.calibration?.bins ?? []).enumerated().map { .object(reliability($0, $1)) })),
        (
          "output_sum",
          .object(["least": .number(sum.least), "mean": .number(sum.mean), "greatest": .number(sum.greatest)])
        ),
        (
          "mistakes",
          .list(
            assessment.mistakes.map {
              .object([
                "image": .integer(image($0)), "label": .integer(label($0.label)), "class": .integer(label($0.read)),
                "activation": .number($0.activation),
              ])
            })
        ),
      ])
  }

  private func reliability(_ index: Int, _ bin: Calibration.Bin) -> [String: FieldValue] {
    [
      "from": .number(Double(index) / 10), "to": .number(Double(index + 1) / 10), "count": .integer(bin.count),
      "activation": .number(bin.meanActivation), "accuracy": .number(bin.accuracy),
    ]
  }

  /// A record for each class, with its row of the confusion matrix.
  var classRecords: [Record] {
    let confusion = assessment.confusion
    return classes.map { index in
      Record(
        nil,
        [
          ("class", .integer(label(index))), ("count", .integer(confusion.count(of: index))),
          ("precision", .number(confusion.precision(of: index))), ("recall", .number(confusion.recall(of: index))),
          ("f1", .number(confusion.f1(of: index))),
        ] + classes.map { (name: "read_as_\(label($0))", value: .integer(confusion[index, $0])) })
    }
  }
}
