import ArgumentParser

/// The options for the files that a run writes.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Write the trained network to a file (safetensors).", valueName: "model"),
    completion: .file(), transform: Parse.name)
  var save: String?

  @Option(
    help: ArgumentHelp(
      "Write the network of the best epoch to a file, each time there is a better one.", valueName: "model"),
    completion: .file(), transform: Parse.name)
  var saveBest: String?

  @Option(
    help: ArgumentHelp(
      "Write the state of the run to a file, after each epoch and when told to stop; 'nettrain resume' continues from it.",
      valueName: "file"),
    completion: .file(), transform: Parse.name)
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Also write the run to a file, line by line: as JSON Lines, or as CSV if its name ends in .csv.",
      valueName: "file"),
    completion: .file(), transform: Parse.name)
  var log: String?

  /// The files that are replaced as a whole, each with its option.
  var replaced: [(option: String, path: String)] {
    [("--save", save), ("--save-best", saveBest), ("--checkpoint", checkpoint)]
      .compactMap { option, path in path.map { (option, $0) } }
  }
}
