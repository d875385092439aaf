import ArgumentParser

/// The options that say what is told of the training, and where.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What standard output carries; json is one object a line.", valueName: "kind"))
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Also write the run to a file, line by line: as JSON Lines, or as CSV if its name ends in .csv.",
      valueName: "file"))
  var log: String?

  @Option(help: ArgumentHelp("Show a progress bar on standard error.", valueName: "when"))
  var progress = When.auto

  @Option(help: ArgumentHelp("Colour the text.", valueName: "when"))
  var color = When.auto

  @Flag(help: "No progress bar and no notes.")
  var quiet = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Exit with status 4 if the final test accuracy is below x, such as 0.92 or 92%.", valueName: "x"),
    transform: Parse.accuracy)
  var requireAccuracy: Double?

  /// What standard output carries.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case csv
  }

  /// When something is done that only a person at a terminal needs.
  enum When: String, CaseIterable, ExpressibleByArgument {
    case auto
    case always
    case never
  }
}
