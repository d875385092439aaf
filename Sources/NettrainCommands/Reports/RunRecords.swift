import Files
import LinearAlgebra
import NeuralNetwork
import Training

extension Record {
  /// The version of the records of a run. Within it, names only get added.
  static let schema = 2

  /// The start of a run: all that is needed to repeat it.
  static func start(_ run: Run) -> Record {
    let data = run.data
    let provenance = run.provenance
    return Record(
      "start",
      [("schema", .integer(schema)), ("version", .string(Nettrain.version))] + run.configuration.fields + [
        ("layers", .list(run.sizes.map { .integer($0) })),
        ("parameters", .integer(Network<Double>.parameterCount(of: run.sizes))),
        ("density", .number(data.density)), ("blas", .string(BLASLibrary.description)),
        ("instructions", .string(VectorInstructions.name)),
        (
          "data",
          .object([
            "directory": .string(data.directory.fileNameText), "train": .integer(data.training.count),
            "validation": .integer(data.validation?.count ?? 0), "test": .integer(data.test.count),
            "classes": .integer(data.classCount), "first_label": .integer(data.firstLabel),
            "train_per_class": .list(data.training.classCounts(data.classCount).map { .integer($0) }),
            "validation_per_class": .list((data.validation?.classCounts(data.classCount) ?? []).map { .integer($0) }),
            "test_per_class": .list(data.test.classCounts(data.classCount).map { .integer($0) }),
            "sha256": .object((provenance?.sha256 ?? [:]).mapValues { .string($0) }),
          ])
        ),
      ])
  }

  /// An epoch; a figure that is not finite is null. Without an epoch, all figures are null.
  static func epoch(_ epoch: EpochRecord?, withSaturation: Bool) -> Record {
    var fields: [(name: String, value: FieldValue)] = [
      ("epoch", .integer(epoch?.epoch)), ("learning_rate", .number(epoch?.learningRate)),
      ("train_cost", .number(epoch?.training?.cost)), ("train_accuracy", .number(epoch?.training?.accuracy)),
      ("validation_cost", .number(epoch?.validation?.cost)),
      ("validation_accuracy", .number(epoch?.validation?.accuracy)),
      ("test_cost", .number(epoch?.test?.cost)), ("test_accuracy", .number(epoch?.test?.accuracy)),
      ("penalty", .number(epoch?.penalty)), ("seconds", .seconds(epoch?.seconds)),
      ("evaluation_seconds", .seconds(epoch?.evaluationSeconds)),
    ]
    if withSaturation {
      fields += [
        ("mean_slope", .number(epoch?.saturation?.meanSlope)),
        ("saturated", .number(epoch?.saturation?.saturatedShare)),
      ]
    }
    return Record("epoch", fields)
  }

  /// The end of a run.
  static func end(_ summary: RunSummary) -> Record {
    let status =
      switch summary.status {
      case .completed: "completed"
      case .outOfPatience: "out_of_patience"
      case .diverged: "diverged"
      case .interrupted: "interrupted"
      }
    return Record(
      "end",
      [
        ("status", .string(status)), ("epochs", .integer(summary.last?.epoch ?? 0)),
        ("best_epoch", .integer(summary.best?.epoch)),
        ("validation_accuracy_at_best", .number(summary.best?.validation?.accuracy)),
        ("test_accuracy_at_best", .number(summary.best?.test?.accuracy)),
        ("test_accuracy", .number(summary.last?.test?.accuracy)),
        ("test_cost_quadratic", .number(summary.testCosts[.quadratic])),
        ("test_cost_cross_entropy", .number(summary.testCosts[.crossEntropy])),
        ("test_correct", summary.testCorrect.map { .string($0.base64) } ?? .null),
        ("test_correct_at_best", summary.testCorrectAtBest.map { .string($0.base64) } ?? .null),
        ("seconds", .seconds(summary.seconds)),
      ])
  }
}
