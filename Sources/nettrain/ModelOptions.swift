import ArgumentParser

/// The options that say what is kept of the training.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Write the trained network to a file (safetensors).", valueName: "model"),
    transform: Parse.name)
  var save: String?

  @Option(
    help: ArgumentHelp(
      "Write the network of the best epoch to a file, each time there is a better one.", valueName: "model"),
    transform: Parse.name)
  var saveBest: String?

  @Option(
    help: ArgumentHelp(
      "Write all that the run depends on to a file, after each epoch and when told to stop.", valueName: "file"),
    transform: Parse.name)
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Go on from such a file, with its options and to the bits of a run never stopped; --epochs may be greater. The file "
        + "goes on being written, unless --checkpoint names another.",
      valueName: "file"),
    transform: Parse.name)
  var resume: String?

  /// The checkpoint that is written.
  var writtenCheckpoint: String? { checkpoint ?? resume }

  /// The files that are written, each with its option.
  var outputs: [(option: String, path: String)] {
    [("--save", save), ("--save-best", saveBest), ("--checkpoint", writtenCheckpoint)]
      .compactMap { option, path in path.map { (option, $0) } }
  }
}
