import Datasets
import Files
import LinearAlgebra
import NeuralNetwork
import Training

/// The description of a run above its table.
struct RunHeader {
  /// The lines, each with its name.
  let lines: [(name: String, text: String)]

  /// The choices that the lines name in their own words; any other choice is appended if it is not the default.
  private static let shown: Set = [
    "hidden", "activation", "output", "cost", "softmax_scale", "init", "init_from", "epochs", "patience", "batch_size",
    "learning_rate", "l2", "seed", "shuffle", "limit", "validation", "validation_split", "expand",
    "precision", "threads", "kernel", "saturation",
  ]

  init(_ run: Run) {
    let (data, choices) = (run.data, run.configuration)
    let (count, number) = (Formatting.grouped, Formatting.plain)
    let origin = run.usesBundledDigits ? "bundled digits" : data.directory.shown(limit: 66)
    let isLogLikelihood = choices.output == .softmax && choices.cost == .crossEntropy
    let instructions = choices.kernel == .sparse ? " for \(VectorInstructions.name)" : ""
    let others = choices.differences(from: .defaults).filter { !Self.shown.contains($0.name) }
      .map { ", \($0.name.replacing("_", with: " ")) \($0.value.description.shown)" }
    var lines = [
      (
        "data",
        "\(origin): images of \(data.imageSize) pixels in \(data.classCount) classes"
          + (data.firstLabel == 0 ? "" : ", labels from \(data.firstLabel)")
      ),
      (
        "examples",
        "\(count(data.training.count)) to train\(choices.expand ? " (expanded from \(count(choices.limit)))" : ""), "
          + "\(count(data.validation?.count ?? 0)) to validate, "
          + "\(count(data.test.count)) to test"
      ),
    ]
    lines += run.splitLines
    lines += [
      (
        "network",
        "\(run.sizes), \(choices.activation == .sigmoid ? "" : "\(choices.activation) neurons, ")"
          + "\(count(Network<Double>.parameterCount(of: run.sizes))) parameters, \(run.weights)"
      ),
      (
        "output",
        "\(choices.output)\(choices.softmaxScale == 1 ? "" : " of \(number(choices.softmaxScale))·z"), "
          + "\(choices.cost.rawValue)\(isLogLikelihood ? " (log-likelihood)" : "") cost"
      ),
      (
        "training",
        "learning rate \(number(choices.learningRate)), batches of \(choices.batchSize), l2 \(number(choices.l2)), "
          + "seed \(choices.seed)\(choices.shuffle ? "" : ", in file order")"
          + (choices.patience.map { ", patience \($0)" } ?? "") + others.joined()
      ),
      (
        "computing",
        "\(choices.precision) precision, \(BLASLibrary.description) kernel, "
          + "\(choices.threads) thread\(choices.threads == 1 ? "" : "s")"
      ),
      (
        "inputs",
        "\(choices.kernel) kernel\(instructions), \(Formatting.percentage(data.density, decimals: 0)) of the pixels are not 0"
      ),
    ]
    self.lines = lines
  }
}

extension Run {
  /// The way in which examples are held out, and the number of examples of each class in either part.
  fileprivate var splitLines: [(name: String, text: String)] {
    let isTail = configuration.validationSplit == .tail
    let split = isTail ? "tail, the last of the file validate" : "stratified, drawn from each class by the seed"
    let validation = data.validation.map { [("validate", counts(of: $0))] } ?? []
    return [
      ("split", "\(data.validation == nil ? "none validate" : split); of classes 0 to \(data.classCount - 1):"),
      ("train", counts(of: data.training)),
    ] + validation
  }

  /// The number of examples of each class, if a line of a terminal can hold them, or else the least and the greatest.
  private func counts(of examples: Examples) -> String {
    let counts = examples.classCounts(data.classCount)
    let list = counts.map { "\($0)" }.joined(separator: " ")
    let range = [counts.min() ?? 0, counts.max() ?? 0].map(Formatting.grouped).joined(separator: " to ")
    return list.count < 70 ? list : range + " of each"
  }

  /// The origin of the initial weights, for people.
  fileprivate var weights: String {
    if let initialModel { return "weights of \(initialModel.path.shown(limit: 66))" }
    return configuration.initFrom == nil ? "\(configuration.initialization) weights" : "weights of a model"
  }
}

extension TrainingConfiguration {
  /// The defaults of all choices; the learning rate depends on others.
  static let defaults = TrainingConfiguration(learningRate: 0.1)
}
