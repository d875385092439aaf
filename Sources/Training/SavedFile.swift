/// The origin of a file that nettrain wrote, by its metadata.
public struct SavedFile: Sendable {
  /// The kinds of files.
  public enum Kind: String, Sendable {
    /// A trained network.
    case model = "nettrain model"
    /// The state of a run.
    case checkpoint = "nettrain checkpoint"
  }

  /// The kind of the file.
  public let kind: Kind

  private let configuration: TrainingConfiguration?
  private let provenance: Provenance?

  /// The origin that some metadata tell of; `nil` if nettrain did not write them.
  public init?(metadata: [String: String]) {
    guard let kind = metadata.word("format").flatMap(Kind.init) else { return nil }
    self.kind = kind
    // Those of other versions may not be known.
    configuration = try? JSONText.decode(TrainingConfiguration.self, from: metadata["configuration"] ?? "")
    provenance = try? JSONText.decode(Provenance.self, from: metadata["provenance"] ?? "")
  }

  /// Whether the file comes from a run with the same choices, which may have more or fewer epochs, on the same data.
  public func isOf(_ run: TrainingConfiguration, on sha256: [String: String]?) -> Bool {
    configuration?.isSameRun(as: run) ?? false && provenance?.sha256 == sha256
  }
}

extension TrainingConfiguration {
  /// Whether all choices are equal except those that may grow when a run is resumed: epochs and patience.
  public func isSameRun(as other: TrainingConfiguration) -> Bool {
    var copy = self
    (copy.epochs, copy.patience) = (other.epochs, other.patience)
    return copy == other
  }
}
