import ArgumentParser

/// The command line as completion scripts describe it.
///
/// The scripts of ArgumentParser know no default command. Here the options of `train` are those of the program itself, so
/// that they are completed without the word `train` as well. It is never run.
struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nettrain", version: Nettrain.version,
    subcommands: Nettrain.configuration.subcommands.map { $0 == Compare.self ? CompletedComparison.self : $0 })

  @OptionGroup var train: Train
}

/// `compare` with the options of `train` that it passes on.
private struct CompletedComparison: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "compare")

  @OptionGroup var compare: Compare
  @OptionGroup var variants: VariantOptions
}
