import ArgumentParser
import NeuralNetwork
import Training

/// The options that say what is trained.
struct NetworkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Neurons per hidden layer: 30, or 100,50, or none. (default: 30)", valueName: "list"),
    transform: Parse.hiddenLayers)
  var hidden = [30]

  @Option(help: ArgumentHelp("The output layer.", valueName: "kind"))
  var output = OutputLayer.softmax

  @Option(
    help: ArgumentHelp("The cost; with softmax, cross-entropy is the log-likelihood cost.", valueName: "kind"))
  var cost = Cost.crossEntropy

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The c of softmax(c*z): how sharply softmax tells its inputs apart. (default: 1)", valueName: "c"),
    transform: Parse.softmaxScale)
  var softmaxScale: Double?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "The spread of the first weights: scaled is 1/sqrt(inputs), large is 1, as in the book's first chapters.",
      valueName: "kind"))
  var initialization = Initialization.scaled

  @Option(help: ArgumentHelp("The floating-point type of all training.", valueName: "type"))
  var precision = Precision.double

  /// The output layer with its cost.
  func objective() throws -> Objective {
    if let softmaxScale, output != .softmax {
      throw ValidationError(
        "--softmax-scale \(Formatting.plain(softmaxScale)): \(Objective.ObjectiveError.scaleWithoutSoftmax)")
    }
    do {
      return try Objective(output: output, cost: cost, softmaxScale: softmaxScale ?? 1)
    } catch {
      throw ValidationError("--output \(output.rawValue) --cost \(cost.rawValue): \(error)")
    }
  }
}

/// The floating-point types that can be trained in.
enum Precision: String, CaseIterable, ExpressibleByArgument {
  case double
  case single
}

extension OutputLayer: ExpressibleByArgument {}
extension Cost: ExpressibleByArgument {}
extension Initialization: ExpressibleByArgument {}
