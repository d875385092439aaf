import ArgumentParser
import Datasets
import Experiments
import NeuralNetwork
import Training

/// The options of `train` that a comparison passes on to its runs.
struct VariantOptions: ParsableArguments {
  @OptionGroup var network: NetworkOptions
  @OptionGroup var training: TrainingOptions
  @OptionGroup var data: DataOptions

  /// The options in some words.
  /// - Parameters:
  ///   - words: Words of the command line.
  ///   - variations: The variations among them, for messages.
  /// - Throws: A failure, if they are wrong.
  init(words: [String], variations: String = "") throws {
    do {
      self = try Self.parse(words)
    } catch {
      let message = Nettrain.withRemedy(Self.message(for: error), "See 'nettrain help train'.")
      throw Failure(.usage, variations.isEmpty ? message : "--vary \(variations): \(message)")
    }
  }

  init() {}

  /// Refuses options that a comparison sets itself.
  func checkNotSet() throws {
    for (option, isSet) in [
      ("output", network.output != nil), ("cost", network.cost != nil),
      ("seed", training.seed != TrainingConfiguration.defaults.seed), ("threads", training.threads != 1),
    ] where isSet {
      throw Failure(.usage, "--\(option): \(Self.remedies[option] ?? "leave it out")")
    }
  }

  /// The remedies for options that a comparison sets itself, that all variants have in common, or that choose no training.
  fileprivate static let remedies = [
    "output": "choose the pairs with --pair", "cost": "choose the pairs with --pair",
    "seed": "choose the seeds with --seeds",
    "threads": "each run has one thread; choose the runs at a time with --jobs",
    "data": "all variants have the same data; compare each with a command of its own",
    "init-from": "all variants start from the same model; compare each with a command of its own",
    "help": "give an option of 'nettrain train'", "version": "give an option of 'nettrain train'",
  ]
}

/// An option with the values that are compared.
struct Variation: Equatable {
  /// The option's name, without hyphens.
  var option: String
  var values: [String]
}

extension Variation {
  /// Refuses options that the variants of a comparison have in common, or that choose no training.
  func check() throws {
    if let remedy = VariantOptions.remedies[option] { throw Failure(.usage, "--vary \(option): \(remedy)") }
  }

  /// Every combination of the values, the last option's values changing first.
  static func grid(_ variations: [Variation]) -> [[(option: String, value: String)]] {
    variations.reduce([[]]) { grid, variation in
      grid.flatMap { row in variation.values.map { row + [(variation.option, $0)] } }
    }
  }
}

/// A variant with the data of its runs.
struct SettledVariant {
  var variant: Variant
  var data: TrainingData

  /// The data of the run with a seed, on which a stratified split depends.
  func data(seed: UInt64, in folder: DataFolder) -> TrainingData {
    let choices = variant.configuration
    guard choices.validationSplit == .stratified else { return data }
    var own = choices.dataChoices
    own.seed = seed
    return (try? TrainingData(folder, own)) ?? data
  }
}

extension SettledVariant {
  /// The variants of a comparison: each pair with each combination of the varied options.
  ///
  /// - Parameters:
  ///   - pairs: The pairs of output and cost.
  ///   - variations: The varied options.
  ///   - words: The words for all variants.
  ///   - model: The model that the runs start from.
  ///   - folder: The data.
  ///   - outline: Their sizes; `nil` if these were not known before the data were read.
  /// - Returns: The variants, pair by pair.
  /// - Throws: A failure, if an option does not exist, a value cannot be used, or there is not enough memory.
  static func all(
    pairs: [Objective], variations: [Variation], words: [String], model: InitialModel?, folder: DataFolder,
    outline: DataOutline?
  ) throws -> [SettledVariant] {
    for (index, variation) in variations.enumerated() {
      try variation.check()
      guard !variations[..<index].contains(where: { $0.option == variation.option }) else {
        throw Failure(
          .usage, "--vary \(variation.option): this option is varied twice; give all values together, or leave one out")
      }
    }
    // Variants with the same data share them.
    var known: [TrainingData.Choices: TrainingData] = [:]
    let variants = try pairs.flatMap { pair in
      try Variation.grid(variations).map { row in
        try StopSignal.check()
        let varied = row.flatMap { ["--\($0.option)", $0.value] }
        let described = row.map { "\($0.option)=\($0.value)" }.joined(separator: " ")
        let options = try VariantOptions(
          words: words + ["--output", pair.output.rawValue, "--cost", pair.cost.rawValue] + varied,
          variations: described)
        let name = (["\(pair.output) \(pair.cost.rawValue)"] + row.map { "\($0.option) \($0.value)" })
          .joined(separator: ", ")
        let choices = try options.data.choices(
          seed: options.training.seed, pixelCount: folder.training.pixelCount)
        if let outline, known[choices] == nil {
          try MemoryNeed(makingDataOf: options.data, on: outline)
            .check(for: varied.isEmpty ? "compare" : "--vary \(described)", "compare fewer variants, or less data")
        }
        let settled = try SettledChoices(
          options.network, options.training, options.data, options.network.objective(model), model, on: folder,
          known: &known)
        var configuration = settled.configuration
        configuration.saturation = configuration.output == .sigmoid
        let values = Dictionary(row.map { ($0.option.replacing("-", with: "_"), $0.value) }) { $1 }
        return SettledVariant(
          variant: Variant(name: name, varied: values, configuration: configuration), data: settled.data)
      }
    }
    try checkDistinct(variants.map(\.variant))
    return variants
  }

  /// Refuses variants that are the same: Holm's correction would count them as several.
  private static func checkDistinct(_ variants: [Variant]) throws {
    var names: [String: String] = [:]
    for variant in variants {
      let choices = variant.configuration.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
      guard let other = names.updateValue(variant.name, forKey: choices) else { continue }
      throw Failure(
        .usage,
        other == variant.name
          ? "--pair: \(other.shown) is given twice; give it once"
          : "--vary: the variants \"\(other.shown)\" and \"\(variant.name.shown)\" are the same; leave one out")
    }
  }
}
