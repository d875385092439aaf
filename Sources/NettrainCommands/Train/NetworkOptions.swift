import ArgumentParser
import LinearAlgebra
import NeuralNetwork
import Training

/// The options for the network that is trained.
struct NetworkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Neurons per hidden layer: 30, or 100,50, or none. (default: \(Formatting.layers(TrainingConfiguration.defaults.hidden)))",
      valueName: "list"),
    transform: Parse.hiddenLayers)
  var hidden: [Int]?

  @Option(
    help: ArgumentHelp(
      "The hidden neurons. (default: \(TrainingConfiguration.defaults.activation))", valueName: "kind"))
  var activation: Activation?

  @Option(
    help: ArgumentHelp(
      "The output layer. (default: \(TrainingConfiguration.defaults.output))", valueName: "kind"))
  var output: OutputLayer?

  @Option(
    help: ArgumentHelp(
      "The cost; with softmax, cross-entropy is the log-likelihood cost. "
        + "(default: \(TrainingConfiguration.defaults.cost.rawValue))",
      valueName: "kind"))
  var cost: Cost?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The c of softmax(c*z): how sharply softmax separates its inputs. "
        + "(default: \(Formatting.plain(TrainingConfiguration.defaults.softmaxScale)))",
      valueName: "c"),
    transform: Parse.softmaxScale)
  var softmaxScale: Double?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "The spread of the initial weights: scaled is 1/sqrt(inputs), he is sqrt(2/inputs), with biases of 0, and large is "
        + "1, as in the book's first chapters. (default: \(TrainingConfiguration.defaults.initialization); he with relu)",
      valueName: "kind"))
  var initialization: Initialization?

  @Option(
    help: ArgumentHelp(
      "Start from the weights of a saved model, - for standard input; its hidden layers, activation, output, cost and softmax scale "
        + "are then the defaults.",
      valueName: "model"),
    completion: .file(), transform: Parse.name)
  var initFrom: String?

  @Option(help: ArgumentHelp("The floating-point type of all training.", valueName: "type"))
  var precision = TrainingConfiguration.defaults.precision

  /// The model to start from, if there is one.
  func initialModel() throws -> InitialModel? {
    guard let initFrom else { return nil }
    guard initialization == nil else {
      throw Failure(.usage, "--init: the first weights are those of --init-from; leave one of the two out")
    }
    let model = try InitialModel(readingFrom: initFrom)
    if let activation, activation != model.model.activation {
      throw Failure(
        .usage,
        "--activation \(activation): the model of --init-from has \(model.model.activation); leave --activation out")
    }
    if let hidden, hidden != model.hidden {
      throw Failure(
        .usage,
        "--hidden \(Formatting.layers(hidden)): the model of --init-from has \(Formatting.layers(model.hidden)); "
          + "leave --hidden out")
    }
    return model
  }

  /// The output layer with its cost: those of the options, or else of the model, or else the defaults.
  func objective(_ model: InitialModel?) throws -> Objective {
    let defaults = try model?.model.objective ?? TrainingConfiguration.defaults.objective()
    let (output, cost) = (output ?? defaults.output, cost ?? defaults.cost)
    if let softmaxScale, output != .softmax {
      throw ValidationError(
        "--softmax-scale \(Formatting.plain(softmaxScale)): \(ObjectiveError.scaleWithoutSoftmax)")
    }
    do {
      return try Objective(
        output: output, cost: cost, softmaxScale: softmaxScale ?? (output == .softmax ? defaults.softmaxScale : 1))
    } catch {
      throw ValidationError("--output \(output.rawValue) --cost \(cost.rawValue): \(error)")
    }
  }

  /// Sets the choices that these options make.
  func set(_ configuration: inout TrainingConfiguration, _ objective: Objective, _ model: InitialModel?) {
    configuration.hidden = hidden ?? model?.hidden ?? configuration.hidden
    configuration.activation = activation ?? model?.model.activation ?? configuration.activation
    configuration.output = objective.output
    configuration.cost = objective.cost
    configuration.softmaxScale = objective.softmaxScale
    configuration.initialization = initialization ?? .suiting(configuration.activation)
    configuration.initFrom = model?.sha256
    configuration.precision = precision
  }
}

extension Precision: ExpressibleByArgument {}
extension Activation: ExpressibleByArgument {}
extension OutputLayer: ExpressibleByArgument {}
extension Cost: ExpressibleByArgument {}
extension Initialization: ExpressibleByArgument {}
