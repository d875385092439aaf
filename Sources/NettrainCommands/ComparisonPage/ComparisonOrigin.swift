import Datasets
import Experiments
import Files
import LinearAlgebra
import SystemPackage
import Training

/// The origin of a comparison's results, as its page tells it.
struct ComparisonOrigin {
  /// The different circumstances of the runs.
  let circumstances: [RunCircumstances]
  /// The SHA-256 of each data file.
  let sha256: [String: String]
  /// The data; `nil` if they are not at hand.
  let folder: DataFolder?
  /// The reason why they are not at hand, after "because"; `nil` if they are.
  let reason: String?
  /// The lines of the shell that make the results again.
  let commands: [String]
  /// A note on these lines.
  let note: String

  /// The origin of a comparison of this process.
  init(of plan: Plan, _ folder: DataFolder, logs: LogFolder?) {
    let sha256 = folder.sha256 ?? [:]
    let own = RunCircumstances(
      version: Nettrain.version, blas: BLASLibrary.description, instructions: VectorInstructions.name, threads: 1,
      directory: folder.path)
    // A folder of logs may have runs of another version.
    var all = logs == nil ? [own] : []
    for run in logs == nil ? [] : plan.runs {
      if let logged = logs?.run(of: plan.configuration(of: run), on: sha256)?.circumstances, !all.contains(logged) {
        all.append(logged)
      }
    }
    (circumstances, self.sha256, self.folder, reason) = (all, sha256, folder, nil)
    commands = ["nettrain " + Nettrain.words.withLock { $0 }.map(Formatting.shellWord).joined(separator: " ")]
    note = "It was started in the directory \(FilePath.workingFolder.name.shown)."
  }

  /// The origin of runs that were made elsewhere.
  init(of comparison: LoggedComparison) {
    (circumstances, sha256) = (comparison.circumstances, comparison.sha256)
    (folder, reason) = Self.data(in: circumstances.first?.directory, sha256)
    commands = comparison.plan.variants.map {
      $0.configuration.command(seeds: comparison.plan.seeds, circumstances: comparison.circumstances)
    }
    note =
      "A line makes the runs of a variant. Those that begin with --init-from need the model whose SHA-256 they name."
  }

  /// The data that the logs name, if they are there and are the same.
  private static func data(in directory: String?, _ sha256: [String: String]) -> (DataFolder?, String?) {
    guard let directory else { return (nil, "the logs name no directory of data") }
    do {
      let files = try DataFiles(openedIn: directory, hashing: true)
      if let outline = try files.outline() {
        try MemoryNeed(outline).check(for: directory.shown, "use fewer or smaller images")
      }
      let folder = try files.read()
      guard folder.sha256 == sha256 else {
        return (nil, "the data in \(directory.shown) are others than those of the runs")
      }
      return (folder, nil)
    } catch {
      return (nil, "the data cannot be read: \(Failure(error).message ?? "")")
    }
  }
}

extension TrainingConfiguration {
  /// The options that are named even where they are the defaults, because other options change those.
  private static let named: Set = [
    "hidden", "output", "cost", "init", "epochs", "learning_rate", "limit", "validation", "kernel",
  ]
  /// The choices of a run that is alone, or that changes no number.
  private static let unnamed: Set = ["seed", "threads", "saturation"]

  /// A line of the shell that makes the runs with some seeds.
  fileprivate func command(seeds: [UInt64], circumstances: [RunCircumstances]) -> String {
    let choices = zip(fields, TrainingConfiguration.defaults.fields).filter { field, other in
      Self.named.contains(field.name) || field.value != other.value && !Self.unnamed.contains(field.name)
    }.map(\.0)
    var words = ["nettrain", "train"]
    if let directory = circumstances.first?.directory, directory != (try? BundledDigits.folder()) {
      words += ["--data", directory]
    }
    for (name, value) in choices {
      let option = "--" + name.replacing("_", with: "-")
      switch value {
      case .null: continue
      case .bool(let isSet): words.append(isSet ? option : "--no-\(option.dropFirst(2))")
      default: words += [option, value.description]
      }
    }
    if let threads = circumstances.first?.threads, threads > 1 { words += ["--threads", "\(threads)"] }
    let list = seeds.map { "\($0)" }.joined(separator: " ")
    return "for seed in \(list); do \(words.map(Formatting.shellWord).joined(separator: " ")) --seed \"$seed\"; done"
  }
}
