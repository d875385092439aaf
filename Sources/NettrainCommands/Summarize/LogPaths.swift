import Files
import SystemPackage

/// The logs that a command names.
struct LogPaths {
  /// The logs, those of a folder in the order of their names.
  let logs: [String]
  /// The folders among what is named.
  let folders: [ComparisonFolder]

  /// The files that are read.
  var inputs: [String] { logs + folders.map(\.planFile) }

  /// Looks for logs.
  /// - Parameter paths: Logs, or folders of logs.
  /// - Throws: A failure, if a folder cannot be read.
  init(_ paths: [String]) throws {
    var (logs, folders): ([String], [ComparisonFolder]) = ([], [])
    for path in paths {
      if (try? Stat(FilePath(name: path)))?.type == .directory {
        logs += try Self.logs(inFolder: path)
        folders.append(ComparisonFolder(path: path))
      } else {
        logs.append(path)
      }
    }
    (self.logs, self.folders) = (logs, folders)
  }

  private static func logs(inFolder path: String) throws -> [String] {
    let entries: [String]
    do { entries = try entryNames(ofFolder: path) } catch { throw Failure(.missingInput, "\(error)") }
    let names = entries.filter { $0.hasSuffix(".jsonl") && $0.utf8.first != UInt8(ascii: ".") }
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return sorted.map { FilePath(name: path).pushing(FilePath(name: $0)).name }
  }
}
