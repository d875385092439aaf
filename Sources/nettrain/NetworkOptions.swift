import ArgumentParser
import NeuralNetwork
import Training

/// The options that say what is trained.
struct NetworkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Neurons per hidden layer: 30, or 100,50, or none. (default: 30)", valueName: "list"),
    transform: Parse.hiddenLayers)
  var hidden: [Int]?

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
      "The spread of the first weights: scaled is 1/sqrt(inputs), large is 1, as in the book's first chapters. "
        + "(default: scaled)",
      valueName: "kind"))
  var initialization: Initialization?

  @Option(
    help: ArgumentHelp(
      "Start from the weights of a model that --save or --save-best wrote; its hidden layers are then the default.",
      valueName: "model"),
    transform: Parse.name)
  var initFrom: String?

  @Option(help: ArgumentHelp("The floating-point type of all training.", valueName: "type"))
  var precision = Precision.double

  /// The model to start from, if there is one.
  func initialModel() throws -> InitialModel? {
    guard let initFrom else { return nil }
    guard initialization == nil else {
      throw Failure(.usage, "--init: the first weights are those of --init-from; leave one of the two out")
    }
    let model = try InitialModel(readingFrom: initFrom)
    if let hidden, hidden != model.hidden {
      throw Failure(
        .usage,
        "--hidden \(Self.word(hidden)): the model of --init-from has \(Self.word(model.hidden)); leave --hidden out")
    }
    return model
  }

  /// The sizes of hidden layers as they are typed.
  static func word(_ hidden: [Int]) -> String {
    hidden.isEmpty ? "none" : hidden.map(String.init).joined(separator: ",")
  }

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
