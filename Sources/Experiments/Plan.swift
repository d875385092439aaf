public import Training

/// One of the ways of training that are compared.
public struct Variant: Codable, Equatable, Sendable {
  /// The name in tables, such as "sigmoid quadratic, hidden 100".
  public var name: String

  /// The options that are varied, with their values as they were typed.
  public var varied: [String: String]

  /// The choices of the runs, of which the seed is replaced by those of the plan.
  public var configuration: TrainingConfiguration

  /// A variant of some name and choices.
  public init(name: String, varied: [String: String] = [:], configuration: TrainingConfiguration) {
    (self.name, self.varied, self.configuration) = (name, varied, configuration)
  }

  /// The choices of the run with a seed.
  public func configuration(seed: UInt64) -> TrainingConfiguration {
    var configuration = configuration
    configuration.seed = seed
    return configuration
  }
}

/// The runs of a comparison: each variant with each seed. The runs of a seed share initial weights and mini-batches wherever
/// their shapes allow, so differences between variants are differences of pairs.
public struct Plan: Codable, Equatable, Sendable {
  /// The variants, in the order of the table.
  public let variants: [Variant]

  /// The seeds, each once.
  public let seeds: [UInt64]

  /// The runs of some variants with some seeds.
  public init(variants: [Variant], seeds: [UInt64]) {
    (self.variants, self.seeds) = (variants, seeds)
  }

  /// The place of a run in the plan.
  public struct Run: Hashable, Sendable {
    /// The index of the variant.
    public var variant: Int
    /// The index of the seed.
    public var seed: Int

    /// The run of a variant with a seed, by their indices.
    public init(variant: Int, seed: Int) { (self.variant, self.seed) = (variant, seed) }
  }

  /// All runs, seed by seed: so that a plan that is stopped has the same seeds of all variants.
  public var runs: [Run] {
    seeds.indices.flatMap { seed in variants.indices.map { Run(variant: $0, seed: seed) } }
  }

  /// The choices of a run.
  public func configuration(of run: Run) -> TrainingConfiguration {
    variants[run.variant].configuration(seed: seeds[run.seed])
  }
}
