import Datasets
import LinearAlgebra
import Training

/// What the numbers of a run follow from: two runs with the same identity have the same bits, epoch by epoch.
struct RunIdentity {
  /// What is known by one name: an option or a circumstance, and its value.
  struct Entry: Equatable {
    var name: String
    var value: String
  }

  let entries: [Entry]

  init(_ run: RunDescription) {
    let (rates, objective, number) = (run.hyperparameters, run.objective, Formatting.plain)
    var entries = [
      Entry(name: "--hidden", value: NetworkOptions.word(Array(run.sizes.dropFirst().dropLast()))),
      Entry(name: "--output", value: objective.output.rawValue),
      Entry(name: "--cost", value: objective.cost.rawValue),
      Entry(name: "--softmax-scale", value: number(objective.softmaxScale)),
      Entry(name: "--init", value: run.initialModelHash == nil ? run.initialization.rawValue : "model"),
      Entry(name: "--init-from", value: run.initialModelHash ?? ""),
      Entry(name: "--precision", value: run.precision.rawValue),
      Entry(name: "--batch-size", value: "\(rates.batchSize)"),
      Entry(name: "--learning-rate", value: number(rates.learningRate)),
      Entry(name: "--l2", value: number(rates.l2)),
      Entry(name: "--label-smoothing", value: number(rates.labelSmoothing)),
      Entry(name: "--seed", value: "\(rates.seed)"),
      Entry(name: "--no-shuffle", value: "\(!rates.shuffles)"),
      Entry(name: "--limit", value: "\(run.split.training.count)"),
      Entry(name: "--validation", value: "\(run.split.validation?.count ?? 0)"),
      Entry(name: "--patience", value: run.patience.map(String.init) ?? ""),
      Entry(name: "--saturation", value: "\(run.measuresSaturation)"),
      Entry(name: "--threads", value: "\(run.threads)"),
      Entry(name: "--kernel", value: run.kernel.rawValue),
      Entry(name: "BLAS", value: run.blas),
      Entry(name: "instructions", value: VectorInstructions.name),
      Entry(name: "nettrain", value: Nettrain.version),
    ]
    for (name, file) in run.dataFiles { entries.append(Entry(name: name, value: file.sha256())) }
    self.entries = entries
  }

  /// The identity as metadata of a file: `run.learning-rate` and so on.
  var metadata: [String: String] {
    Dictionary(uniqueKeysWithValues: entries.map { (Self.key($0.name), $0.value) })
  }

  /// How this run differs from the one that metadata tell of, in words; `nil` if it does not.
  func difference(from metadata: [String: String]) -> String? {
    let differences = entries.compactMap { entry -> String? in
      let former = metadata[Self.key(entry.name)] ?? ""
      guard former != entry.value else { return nil }
      // Hashes say nothing to people.
      if max(former.count, entry.value.count) == 64 { return "\(entry.name) differ" }
      func word(_ value: String) -> String { value.isEmpty ? "not given" : Formatting.brief(value) }
      return "\(entry.name) is \(word(entry.value)) and was \(word(former))"
    }
    return differences.isEmpty ? nil : differences.joined(separator: ", ")
  }

  /// The options that make the run again that metadata tell of, as they are typed, without data and epochs. Whatever else
  /// the metadata hold, it becomes no option.
  static func words(from metadata: [String: String]) -> [String] {
    let flags = ["--no-shuffle", "--saturation"].filter { metadata[key($0)] == "true" }
    let options = [
      "--hidden", "--output", "--cost", "--softmax-scale", "--init", "--precision", "--batch-size", "--learning-rate",
      "--l2",
      "--label-smoothing", "--seed", "--limit", "--validation", "--patience", "--threads", "--kernel",
    ]
    return flags
      + options.compactMap { name in
        guard let value = metadata[key(name)], !value.isEmpty else { return nil }
        // These are what they are without the option.
        if (name, value) == ("--init", "model") || (name, value) == ("--softmax-scale", "1") { return nil }
        return "\(name)=\(value)"
      }
  }

  private static func key(_ name: String) -> String { "run.\(name.hasPrefix("--") ? String(name.dropFirst(2)) : name)" }
}

extension RunDescription {
  /// The four files of the data, by the names that logs have for them.
  var dataFiles: [(name: String, file: IDXFile)] {
    [
      ("train_images", folder.training.images), ("train_labels", folder.training.labels),
      ("test_images", folder.test.images), ("test_labels", folder.test.labels),
    ]
  }
}
