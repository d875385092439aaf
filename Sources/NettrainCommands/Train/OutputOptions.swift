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

  @Flag(
    help: "Replace files that would be refused: a checkpoint of another run, and files that nettrain did not write.")
  var force = false

  /// Refuses standard output as a file, which the report goes to already, and drops it as the log where the report is the
  /// log.
  mutating func settleStandardOutput(_ format: ReportOptions.Format) throws {
    if let (option, _) = replaced.first(where: { $0.path == "-" }) {
      throw ValidationError("\(option) -: standard output carries the report; give the name of a file")
    }
    guard log == "-" else { return }
    guard format == .json else {
      throw ValidationError(
        "--log -: standard output carries the report; give the name of a file, or leave --log out and choose --format json"
      )
    }
    log = nil
  }

  /// The files that are replaced as a whole, each with its option.
  var replaced: [(option: String, path: String)] {
    [("--save", save), ("--save-best", saveBest), ("--checkpoint", checkpoint)]
      .compactMap { option, path in path.map { (option, $0) } }
  }
}
