import Files
import Safetensors
import SystemPackage
import Training

/// A file that stands where a run is to write.
enum FormerFile {
  /// There is none, or an empty one, or no regular one.
  case nothing
  /// A model or checkpoint of nettrain.
  case saved(SavedFile)
  /// A log of nettrain.
  case log
  /// A file that nettrain did not write.
  case foreign

  init(at path: String) {
    guard let status = try? Stat(FilePath(name: path)), status.type == .regular, status.size > 0 else {
      self = .nothing
      return
    }
    if let metadata = try? SafetensorsOutline(readingFrom: path).metadata {
      self = SavedFile(metadata: metadata).map { .saved($0) } ?? .foreign
    } else {
      self = Self.isLog(path) ? .log : .foreign
    }
  }

  /// Whether the first line of a file is that of a log. It is a few kilobytes long.
  private static func isLog(_ path: String) -> Bool {
    struct Line: Decodable {
      var event: String
      var schema: Int
    }
    guard let file = try? ReadableFile(path), let start = try? file.read(min(file.byteCount, 1 << 16)) else {
      return false
    }
    // Earlier versions had no learning rate.
    if ["epoch,learning_rate,", "epoch,train_cost,"].contains(where: { start.starts(with: $0.utf8) }) { return true }
    let line = start.prefix { $0 != UInt8(ascii: "\n") }
    // A line that was cut off is the only one.
    if line.count == start.count { return start.starts(with: #"{"activation":""#.utf8) }
    return (try? JSONText.decode(Line.self, from: Array(line)))?.event == "start"
  }
}

extension OutputOptions {
  /// Checks that a run may replace the file at a path, which holds another of its kind or nothing.
  ///
  /// - Parameters:
  ///   - option: The option that names the file.
  ///   - path: The file.
  ///   - run: The run.
  ///   - isResumed: Whether files of the run itself are its own.
  /// - Returns: A note on the file that is replaced, unless it is the run's own.
  /// - Throws: A failure, if the file is precious and `--force` is not given.
  func checkFormer(_ option: String, _ path: String, of run: Run, isResumed: Bool) throws -> [String] {
    let name = "\(option) \(path.shown)"
    switch (option, FormerFile(at: path)) {
    case (_, .nothing): return []
    case ("--log", .log): return ["\(name): replaces an older log"]
    case ("--save", .saved(let file)) where file.kind == .model,
      ("--save-best", .saved(let file)) where file.kind == .model:
      return isResumed && file.isOf(run.configuration, on: run.data.sha256)
        ? [] : ["\(name): replaces an older model"]
    case ("--checkpoint", .saved(let file)) where file.kind == .checkpoint:
      if file.isOf(run.configuration, on: run.data.sha256) {
        return isResumed
          ? []
          : ["\(name): this run begins again; 'nettrain resume \(Formatting.shellWord(path))' continues it"]
      }
      guard force else {
        throw Failure(
          .cannotCreateOutput,
          "\(name): this is the checkpoint of another run; choose another name, or replace it with --force")
      }
      return ["\(name): replaces the checkpoint of another run"]
    default:
      guard force else {
        throw Failure(
          .cannotCreateOutput,
          "\(name): this file is not one that nettrain wrote for this option; choose another name, or replace it with --force"
        )
      }
      return ["\(name): replaces another file"]
    }
  }
}
