import Experiments
import Files
import Memory

/// Runs that are read from their logs.
struct LogFiles {
  /// The variants of the runs.
  let variants: LoggedVariants
  /// True if a file is left out because it is not the log of a finished run.
  let hasFaults: Bool

  /// Reads logs. Each file that is left out is named on stderr.
  /// - Parameters:
  ///   - paths: The logs.
  ///   - metrics: The figures to keep of each epoch.
  /// - Throws: A failure, if a file is missing, or none is the log of a finished run.
  init(_ paths: LogPaths, keeping metrics: [Metric] = []) throws {
    var logs: [(path: String, run: LoggedRun)] = []
    var faults: [String] = []
    for path in paths.logs {
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
    var plans: [Plan] = []
    for folder in paths.folders {
      do {
        if let plan = try folder.plan() { plans.append(plan) }
      } catch {
        faults.append("\(Failure(error).message ?? folder.path); the variants have the names that their runs give them")
      }
    }
    LineWriter.writeToStandardError(notes: faults)
    guard let variants = LoggedVariants(logs, of: plans) else {
      throw Failure(
        .malformedData,
        "there is no log of a finished run; give logs that 'nettrain train --log' or 'nettrain compare --out' wrote")
    }
    (self.variants, hasFaults) = (variants, !faults.isEmpty)
  }
}
