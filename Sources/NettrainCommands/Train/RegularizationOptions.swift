import ArgumentParser
import Training

/// The options against overfitting.
struct RegularizationOptions: ParsableArguments {
  private static let defaults = TrainingConfiguration.defaults

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The book's lambda: each step multiplies the weights by 1 - rate*lambda/examples. "
        + "(default: \(Formatting.plain(defaults.l2)))", valueName: "x"),
    transform: Parse.l2)
  var l2 = TrainingConfiguration.defaults.l2

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The lambda of absolute weights: each step moves the weights by rate*lambda/examples toward 0. "
        + "(default: \(Formatting.plain(defaults.l1)))", valueName: "x"),
    transform: Parse.l2)
  var l1 = TrainingConfiguration.defaults.l1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of hidden neurons that training leaves out, drawn anew for each example: 0.5, or 0.2,0.5 with one for "
        + "each layer. (default: 0)", valueName: "list"),
    transform: Parse.shares)
  var dropout: [Double] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Mixes this share of the uniform distribution into the targets. All costs are those of the mixed targets. "
        + "(default: \(Formatting.plain(defaults.labelSmoothing)))",
      valueName: "x"),
    transform: Parse.share)
  var labelSmoothing = TrainingConfiguration.defaults.labelSmoothing

  /// Sets the choices that these options make for a network.
  func set(_ configuration: inout TrainingConfiguration) throws {
    configuration.l2 = l2
    configuration.l1 = l1
    configuration.dropout = try shares(ofLayers: configuration.hidden.count)
    configuration.labelSmoothing = labelSmoothing
  }

  /// The share of each hidden layer; none if no neurons are left out.
  private func shares(ofLayers count: Int) throws -> [Double] {
    guard dropout.contains(where: { $0 > 0 }) else { return [] }
    let name = "--dropout \(dropout.map(Formatting.plain).joined(separator: ","))"
    guard count > 0 else {
      throw Failure(
        .usage, "\(name): the network has no hidden layer to leave neurons out of; choose one with --hidden")
    }
    guard dropout.count == 1 || dropout.count == count else {
      throw Failure(
        .usage,
        "\(name): the network has \(count) hidden layer\(count == 1 ? "" : "s"); give one share, or one for each")
    }
    return dropout.count == count ? dropout : Array(repeating: dropout[0], count: count)
  }
}
