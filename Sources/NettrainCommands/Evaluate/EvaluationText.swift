import Assessment
import NeuralNetwork

extension EvaluationReport {
  /// The report for people, with so many of the mistakes.
  func text(mistakeCount: Int) -> [String] {
    heading + [""] + figures + classTable + [""] + confusionLines + reliabilityLines + mistakeLines(mistakeCount)
  }

  private var heading: [String] {
    let sizes = model.model.sizes.map { "\($0)" }.joined(separator: "-")
    let objective = model.model.objective.map { "\($0.output) outputs, trained by \($0.cost.rawValue) cost" }
    let kind = set == .train ? "training" : set.rawValue
    return [
      "\(model.path.shown): \(sizes), \(objective ?? "taken for softmax outputs")",
      "\(Formatting.grouped(assessment.confusion.count)) \(kind) images of \(folder.path.shown)",
    ]
  }

  private var figures: [String] {
    let (confusion, interval, sum) = (assessment.confusion, assessment.accuracyInterval, assessment.outputSum)
    let accuracy = Formatting.percentage(Double(confusion.correctCount) / Double(confusion.count))
    let ends = [interval.low, interval.high].map { Formatting.percentage($0) }
    let number = { (number: Double?) in number.map { Formatting.significant($0) } ?? "not defined for these outputs" }
    func line(_ name: String, _ value: String) -> String { Formatting.left(name, 24) + value }
    return [
      line("accuracy", "\(accuracy), 95 % interval \(ends[0]) to \(ends[1])"),
      line("cross-entropy cost", number(assessment.costs[.crossEntropy])),
      line("quadratic cost", number(assessment.costs[.quadratic])),
      line("weight penalty", penalty.map { Formatting.significant($0) } ?? "not told by the model"),
      line(
        "sum of the outputs",
        [("least", sum.least), ("mean", sum.mean), ("greatest", sum.greatest)]
          .map { "\($0) \(Formatting.fixed($1, decimals: 4))" }.joined(separator: ", ")),
      line("saturated outputs", saturatedShare.map { Formatting.percentage($0) } ?? "only sigmoid outputs saturate"),
      line(
        "calibration error",
        assessment.calibration.map { Formatting.fixed($0.expectedError, decimals: 4) }
          ?? "linear outputs are no probabilities"),
    ]
  }

  private var classTable: [String] {
    let confusion = assessment.confusion
    func share(_ share: Double?) -> String { share.map { Formatting.percentage($0) } ?? "-" }
    let table = TextTable<Int>(
      [
        .init(title: "class", width: 5) { "\(label($0))" },
        .init(title: "images", width: 9) { Formatting.grouped(confusion.count(of: $0)) },
        .init(title: "precision", width: 12) { share(confusion.precision(of: $0)) },
        .init(title: "recall", width: 12) { share(confusion.recall(of: $0)) },
        .init(title: "F1", width: 12) { share(confusion.f1(of: $0)) },
      ], width: Terminal.outputWidth)
    return [table.header] + (0..<confusion.classCount).map { table.line($0) }
  }

  /// The whole matrix if it fits, or else its greatest numbers.
  private var confusionLines: [String] {
    let (confusion, classes) = (assessment.confusion, 0..<assessment.confusion.classCount)
    let greatest = classes.flatMap { label in classes.map { confusion[label, $0] } }.max() ?? 0
    let width = max("\(greatest)".count, "\(classes.count)".count) + 2
    guard 5 + classes.count * width <= Terminal.outputWidth else {
      let pairs = classes.flatMap { label in classes.filter { $0 != label }.map { (label, $0) } }
      let worst = pairs.sorted { confusion[$0.0, $0.1] > confusion[$1.0, $1.1] }.prefix(12)
      return ["most frequent mistakes (all are in --format json and csv)"]
        + worst.filter { confusion[$0.0, $0.1] > 0 }.map { "  \(label($0)) read as \(label($1)): \(confusion[$0, $1])" }
        + [""]
    }
    func row(_ name: String, _ cells: [String]) -> String {
      Formatting.right(name, 5) + cells.map { Formatting.right($0, width) }.joined()
    }
    return ["images of each class (rows) by what was read (columns)", row("", classes.map { "\(label($0))" })]
      + classes.map { index in
        row("\(label(index))", classes.map { confusion[index, $0] == 0 ? "." : "\(confusion[index, $0])" })
      } + [""]
  }

  private var reliabilityLines: [String] {
    guard let calibration = assessment.calibration else { return [] }
    let table = TextTable<(Int, Calibration.Bin)>(
      [
        .init(title: "activation", width: 10) {
          "\(Formatting.fixed(Double($0.0) / 10, decimals: 1)) to \(Formatting.fixed(Double($0.0 + 1) / 10, decimals: 1))"
        },
        .init(title: "images", width: 9) { Formatting.grouped($0.1.count) },
        .init(title: "mean activation", width: 17) { Formatting.fixed($0.1.meanActivation ?? 0, decimals: 4) },
        .init(title: "share that is right", width: 21) { Formatting.fixed($0.1.accuracy ?? 0, decimals: 4) },
      ], width: Terminal.outputWidth)
    return [table.header] + calibration.bins.enumerated().filter { $1.count > 0 }.map { table.line(($0, $1)) } + [""]
  }

  private func mistakeLines(_ count: Int) -> [String] {
    guard !assessment.mistakes.isEmpty else { return ["no image was misread"] }
    let table = TextTable<Assessment.Mistake>(
      [
        .init(title: "image", width: 7) { "\(image($0))" }, .init(title: "class", width: 7) { "\(label($0.label))" },
        .init(title: "read as", width: 9) { "\(label($0.read))" },
        .init(title: "activation", width: 12) { Formatting.fixed($0.activation, decimals: 4) },
      ], width: Terminal.outputWidth)
    let all = Formatting.grouped(assessment.mistakes.count)
    return ["most confident of the \(all) mistakes", table.header]
      + assessment.mistakes.prefix(count).map { table.line($0) }
  }
}
