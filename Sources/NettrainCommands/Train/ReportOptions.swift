import ArgumentParser
import FoundationEssentials
import Glibc

/// The options for the report on standard output and the terminal.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The form of standard output; json is one object a line.", valueName: "kind"))
  var format = Format.text

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

  /// The form of standard output.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case csv
  }

  /// The condition for something that only a person at a terminal needs.
  enum When: String, CaseIterable, ExpressibleByArgument {
    case auto
    case always
    case never
  }

  /// The report on standard output.
  func makeOutput(withSaturation: Bool) -> any RunReport {
    let output = LineWriter.standardOutput
    return switch format {
    case .text:
      TextReport(
        writer: output, usesColor: usesColor, showsSaturation: withSaturation, width: Terminal.outputWidth)
    case .json: RecordReport(writer: output, format: .json, hasSaturation: withSaturation)
    case .csv: RecordReport(writer: output, format: .csv, hasSaturation: withSaturation)
    }
  }

  /// Whether a progress bar is shown; by default on a terminal that can draw it.
  var showsProgress: Bool {
    switch progress {
    case .auto: isatty(STDERR_FILENO) == 1 && canDraw && !quiet
    case .always: !quiet
    case .never: false
    }
  }

  private var usesColor: Bool {
    switch color {
    case .auto: isatty(STDOUT_FILENO) == 1 && canDraw && variable("NO_COLOR") == nil
    case .always: true
    case .never: false
    }
  }

  /// Whether the terminal understands escape sequences.
  private var canDraw: Bool { variable("TERM").map { $0 != "dumb" } ?? false }

  private func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension ReportOptions {
  /// Writes notes to standard error, unless `--quiet` is given.
  func note(_ notes: [String]) {
    if !quiet { LineWriter.writeToStandardError(notes: notes) }
  }
}
