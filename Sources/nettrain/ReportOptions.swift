import ArgumentParser
import FoundationEssentials
import Glibc
import SystemPackage
import Training

/// The options that say what is told of the training, and where.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What standard output carries; json is one object a line.", valueName: "kind"))
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Also write the run to a file, line by line: as JSON Lines, or as CSV if its name ends in .csv.",
      valueName: "file"),
    transform: Parse.name)
  var log: String?

  @Option(help: ArgumentHelp("Show a progress bar on standard error.", valueName: "when"))
  var progress = When.auto

  @Option(help: ArgumentHelp("Colour the text.", valueName: "when"))
  var color = When.auto

  @Flag(
    help: """
      Add two figures of the training pass, for sigmoid outputs: the mean slope, and the share of outputs within 0.01 of \
      0 or 1.
      """)
  var saturation = false

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

  /// The report on standard output.
  func makeOutput() -> any RunReport {
    let output = LineWriter.standardOutput
    return switch format {
    case .text: TextReport(writer: output, usesColor: usesColor, showsSaturation: saturation)
    case .json: JSONReport(writer: output, hasSaturation: saturation)
    case .csv: CSVReport(writer: output, hasSaturation: saturation)
    }
  }

  /// Begins the log, as a new file or, where a run goes on, as one with the epochs that are done.
  /// - Parameters:
  ///   - path: The file.
  ///   - others: The files that it must not replace.
  ///   - run: What is trained.
  ///   - history: The epochs that are done, of a run that goes on.
  /// - Returns: The report that writes it.
  /// - Throws: A failure, if the log cannot be created.
  func makeLog(
    _ path: String, sparing others: [String], of run: RunDescription, history: [EpochRecord]?
  ) throws -> any RunReport {
    func report(_ writer: LineWriter) -> any RunReport {
      path.lowercased().hasSuffix(".csv")
        ? CSVReport(writer: writer, hasSaturation: saturation) : JSONReport(writer: writer, hasSaturation: saturation)
    }
    guard let history else {
      let log = report(try LineWriter(replacing: path, sparing: others))
      try log.start(run)
      return log
    }
    try LineWriter.check(path, sparing: others)
    let continuation = try LogContinuation(report, run, history)
    if (try? Stat(FilePath(path)))?.type ?? .regular == .regular {
      try continuation.replace(path)
      return report(try LineWriter(appendingTo: path, sparing: others))
    }
    // A pipe or a device has no past.
    let writer = try LineWriter(replacing: path, sparing: others)
    for line in continuation.lines { try writer.write(line) }
    return report(writer)
  }

  /// Whether there is someone to watch a progress bar, on a terminal that can draw it.
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

  /// Whether the terminal understands more than lines.
  private var canDraw: Bool { variable("TERM").map { $0 != "dumb" } ?? false }

  private func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
