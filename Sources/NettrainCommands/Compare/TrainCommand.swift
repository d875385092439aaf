import Datasets
import Files
import NeuralNetwork
import SystemPackage
import Training

/// The command line of 'nettrain train' for a run: any machine with the data and the same program trains it alike.
///
/// An option is written if it differs from its default, or if its default depends on the data, the model, other options or
/// the machine.
struct TrainCommand {
  let configuration: TrainingConfiguration
  /// The data, as `--data` names them.
  let data: String
  /// The model that the run starts from, as `--init-from` names it.
  let model: String?
  let log: String

  /// The choices whose defaults are not the same for all runs.
  private static let alwaysWritten: Set = [
    "output", "cost", "seed", "learning_rate", "limit", "validation", "kernel",
  ]

  private static let defaults = TrainingConfiguration.defaults.fields

  /// The words of the command line, not yet quoted.
  var words: [String] {
    let choices = zip(configuration.fields, Self.defaults).flatMap { field, other in
      option(field.name, field.value, default: other.value)
    }
    return ["nettrain", "train"] + Self.option("--data", data) + choices + Self.option("--log", log) + ["--quiet"]
  }

  /// An option with a name, which could be taken for another option where it begins with a hyphen.
  private static func option(_ option: String, _ name: String) -> [String] {
    name.hasPrefix("-") ? ["\(option)=\(name)"] : [option, name]
  }

  /// The command line for a shell.
  var line: String { words.map(Formatting.shellWord).joined(separator: " ") }

  private func option(_ name: String, _ value: FieldValue, default other: FieldValue) -> [String] {
    let option = "--" + name.replacing("_", with: "-")
    let isWritten =
      switch name {
      // The model has the initial weights.
      case "init": model == nil && configuration.initialization != .suiting(configuration.activation)
      case "softmax_scale": value != other || (model != nil && configuration.output == .softmax)
      default: value != other || Self.alwaysWritten.contains(name)
      }
    guard isWritten else { return [] }
    return switch (name, value) {
    case ("init_from", _): model.map { Self.option(option, $0) } ?? []
    case ("shuffle", _): ["--no-shuffle"]
    case (_, .bool): [option]
    default: [option, value.description]
    }
  }
}
