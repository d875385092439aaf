import ArgumentParser
import Experiments

/// `nettrain summarize`: the table of a comparison, from logs of runs made elsewhere.
struct Summarize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare runs that were made elsewhere, from their logs.",
    discussion: """
      The table is that of 'nettrain compare'. The runs need not have been made by it: any logs in JSON Lines will do, those \
      of 'nettrain train --log' as well. In a folder of 'nettrain compare --out' the variants have the names and the order of \
      its plan, and runs of the plan that have no log yet are counted.

      All runs are compared on the data of the first. A log that is damaged or unfinished, one of other data, a second log \
      of the same run, and seeds that not every variant has are left out and named.

      For example, the runs of a folder:

        nettrain summarize logs

      The page of --report shows classes and images if the data are still in the directory that the first log names.

      Exit status: 0 done, 1 something is left out, 64 wrong usage, 65 no seed is common to all variants, 66 a file is \
      missing, 71 there is not enough memory, 73 a file cannot be created, 74 a write failed.
      """, version: Nettrain.version)

  @Argument(
    help: ArgumentHelp("Logs, or folders of logs whose names end in .jsonl.", valueName: "log"), completion: .file(),
    transform: Parse.name)
  var paths: [String]

  @OptionGroup var table: TableOptions

  func run() throws {
    let paths = try LogPaths(paths)
    try table.checkFiles(sparing: paths.inputs)
    let logs = try LogFiles(paths)
    guard let comparison = LoggedComparison(logs.variants) else {
      throw Failure(
        .malformedData, "no seed is common to all variants; give logs of runs with the same seeds")
    }
    LineWriter.writeToStandardError(notes: comparison.notes)
    try table.write(comparison.plan, comparison.results, comparison.counts) { ComparisonOrigin(of: comparison) }
    // The notes have said what is left out.
    if comparison.isIncomplete || logs.hasFaults { throw Failure(leftOut: ()) }
  }
}
