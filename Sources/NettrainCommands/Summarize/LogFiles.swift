import Experiments
import Files
import Memory
import SystemPackage

/// Runs that are read from their logs.
struct LogFiles {
  /// The variants of the runs.
  let variants: LoggedVariants
  /// The logs, also those that are left out.
  let paths: [String]
  /// True if a file is left out because it is not the log of a finished run.
  let hasFaults: Bool

  /// Reads logs. Each file that is left out is named on stderr.
  /// - Parameters:
  ///   - paths: Logs, or folders of logs.
  ///   - metrics: The figures to keep of each epoch.
  /// - Throws: A failure, if a file is missing, or none is the log of a finished run.
  init(_ paths: [String], keeping metrics: [Metric] = []) throws {
    self.paths = paths.flatMap(Self.logs(at:))
    var logs: [(path: String, run: LoggedRun)] = []
    var faults: [String] = []
    for path in self.paths {
      do {
        logs.append((path, try LoggedRun(readingFrom: path, keeping: metrics)))
      } catch let fault as LoggedRun.Fault {
        faults.append("\(fault); it is left out")
      } catch let error as FileError {
        throw Failure(error.isMissing ? .missingInput : .malformedData, "\(error)")
      } catch let shortage as MemoryShortage {
        throw Failure(.notEnoughMemory, "\(path.shown): \(shortage); give smaller logs, or allow more memory")
      }
    }
    LineWriter.writeToStandardError(notes: faults)
    let plans = paths.compactMap { ComparisonFolder(path: $0).plan }
    guard let variants = LoggedVariants(logs, of: plans) else {
      throw Failure(
        .malformedData,
        "there is no log of a finished run; give logs that 'nettrain train --log' or 'nettrain compare --out' wrote")
    }
    (self.variants, hasFaults) = (variants, !faults.isEmpty)
  }

  /// The logs at a path: those of a folder in the order of their names, or the file itself.
  private static func logs(at path: String) -> [String] {
    guard let status = try? Stat(FilePath(name: path)), status.type == .directory else { return [path] }
    let names = entryNames(ofFolder: path).filter { $0.hasSuffix(".jsonl") && $0.utf8.first != UInt8(ascii: ".") }
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return sorted.map { FilePath(name: path).pushing(FilePath(name: $0)).name }
  }
}
