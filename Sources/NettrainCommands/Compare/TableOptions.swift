import ArgumentParser
import Experiments
import Files

/// The options for the table of a comparison.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The variant that the others are compared with, by its name in the table. (default: the one of best validation "
        + "accuracy)",
      valueName: "variant"),
    transform: Parse.name)
  var reference: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Also tell the epochs and seconds to this test accuracy, such as 0.95 or 95%.", valueName: "x"),
    transform: Parse.accuracy)
  var target: Double?

  @Option(help: ArgumentHelp("The form of standard output; json is one object a line.", valueName: "kind"))
  var format = ComparisonFormat.text

  @Option(
    help: ArgumentHelp(
      "Also write the table to a file: as text, Markdown, CSV or JSON Lines if its name ends in .txt, .md, .csv or .json; may "
        + "be given several times.",
      valueName: "file"),
    completion: .file(), transform: Parse.name)
  var export: [String] = []

  @Option(
    help: ArgumentHelp(
      "Also write a web page with verdict, table, learning curves, classes and images: one file that loads nothing.",
      valueName: "page"),
    completion: .file(extensions: ["html", "htm"]), transform: Parse.name)
  var report: String?

  @Flag(help: "With --export and --report, replace files that nettrain did not write.")
  var force = false

  /// Checks that the files can be written, and that they replace nothing but older tables and pages.
  /// - Parameter inputs: The files that the command reads.
  /// - Throws: A failure, if one of them must not or cannot be replaced.
  func checkFiles(sparing inputs: [String]) throws {
    var taken = inputs
    for path in export {
      guard ComparisonFormat(fileName: path) != nil else {
        throw Failure(.usage, "--export \(path.shown): give a name that ends in .txt, .md, .csv or .json")
      }
      try OutputFile(path, option: "--export", kind: "a table", force: force)
        .check(sparing: taken, isForeign: ComparisonFormat.isForeign)
      taken.append(path)
    }
    guard let report else { return }
    let name = report.lowercased()
    guard name.hasSuffix(".html") || name.hasSuffix(".htm") else {
      throw Failure(.usage, "--report \(report.shown): give a name that ends in .html")
    }
    try OutputFile(report, option: "--report", kind: "a page", force: force)
      .check(sparing: taken, isForeign: PageDocument.isForeign)
  }

  /// The index of the variant that `--reference` names; `nil` without it.
  func referenceIndex(in variants: [Variant]) throws -> Int? {
    guard let reference else { return nil }
    let name = reference.replacing(":", with: " ")
    guard let index = variants.firstIndex(where: { $0.name == name }) else {
      throw Failure(
        .usage,
        "--reference \(reference.shown): there is no such variant; choose one of "
          + variants.map { "\"\($0.name.shown)\"" }.joined(separator: ", "))
    }
    return index
  }

  /// Writes the table of some results to standard output and to the files.
  ///
  /// - Parameters:
  ///   - plan: The variants and seeds.
  ///   - results: The results of their runs.
  ///   - counts: The numbers of examples.
  ///   - grids: The learning rates that were tried for each variant, if they were.
  ///   - origin: Gives the origin of the results, for the page.
  /// - Throws: A failure, if there is no such reference or a file cannot be written.
  func write(
    _ plan: Plan, _ results: [Plan.Run: RunResult], _ counts: ExampleCounts, _ grids: [RateGrid]? = nil,
    origin: () -> ComparisonOrigin
  ) throws {
    let comparison = Comparison(plan, results, reference: try referenceIndex(in: plan.variants), target: target)
    let text = ComparisonText(comparison: comparison, plan: plan, counts: counts, target: target, grids: grids)
    for path in export {
      guard let format = ComparisonFormat(fileName: path) else { continue }
      try replaceFile(at: path, with: format.lines(of: text).flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] })
    }
    if let report {
      try replaceFile(at: report, with: ComparisonPage(text: text, results: results, origin: origin()).encoded())
    }
    for line in format.lines(of: text) { try LineWriter.standardOutput.write(line) }
  }
}
