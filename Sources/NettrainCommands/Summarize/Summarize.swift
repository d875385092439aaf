import ArgumentParser
import Experiments
import Files
import SystemPackage

/// `nettrain summarize`: the table of a comparison, from logs of runs made elsewhere.
struct Summarize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare runs that were made elsewhere, from their logs.",
    discussion: """
      The table is that of 'nettrain compare'. The runs need not have been made by it: any logs in JSON Lines will do, those \
      of 'nettrain train --log' as well.

      All runs are compared on the data of the first. A log that is damaged or unfinished, one of other data, a second log \
      of the same run, and seeds that not every variant has are left out and named.

      For example, the runs of a folder:

        nettrain summarize logs

      The page of --report shows classes and images if the data are still in the directory that the first log names.

      Exit status: 0 done, 1 something is left out, 64 wrong usage, 65 no seed is common to all variants, 66 a file is \
      missing.
      """, version: Nettrain.version)

  @Argument(
    help: ArgumentHelp("Logs, or folders of logs whose names end in .jsonl.", valueName: "log"), completion: .file(),
    transform: Parse.name)
  var paths: [String]

  @OptionGroup var table: TableOptions

  func run() throws {
    try table.checkFiles()
    var logs: [(path: String, run: LoggedRun)] = []
    var faults: [String] = []
    for path in try paths.flatMap(Self.logs(at:)) {
      do {
        logs.append((path, try LoggedRun(readingFrom: path)))
      } catch let fault as LoggedRun.Fault {
        faults.append("\(fault); it is left out")
      } catch let error as FileError {
        throw Failure(error.isMissing ? .missingInput : .malformedData, "\(error)")
      }
    }
    LineWriter.writeToStandardError(notes: faults)
    guard let comparison = LoggedComparison(logs) else {
      throw Failure(
        .malformedData,
        logs.isEmpty
          ? "there is no log of a finished run; give logs that 'nettrain train --log' or 'nettrain compare --out' wrote"
          : "no seed is common to all variants; give logs of runs with the same seeds")
    }
    LineWriter.writeToStandardError(notes: comparison.notes)
    try table.write(comparison.plan, comparison.results, comparison.counts) { ComparisonOrigin(of: comparison) }
    // The notes have said what is left out.
    if comparison.isIncomplete || !faults.isEmpty { throw Failure(leftOut: ()) }
  }

  /// The logs at a path: those of a folder in the order of their names, or the file itself.
  private static func logs(at path: String) throws -> [String] {
    guard let status = try? Stat(FilePath(name: path)), status.type == .directory else { return [path] }
    let names = entryNames(ofFolder: path).filter { $0.hasSuffix(".jsonl") && $0.utf8.first != UInt8(ascii: ".") }
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return sorted.map { FilePath(name: path).pushing(FilePath(name: $0)).name }
  }
}
