import Training

/// Comma-separated values: a line of names, then a line for each epoch. What is unknown is empty.
struct CSVReport: RunReport {
  let writer: LineWriter
  /// Whether epochs have the figures of saturation.
  let hasSaturation: Bool

  private var names: [EpochEvent.Name] { EpochEvent.Name.all(withSaturation: hasSaturation) }

  func start(_ run: RunDescription) throws {
    try writer.write(names.map(\.rawValue).joined(separator: ","))
  }

  func epoch(_ record: EpochRecord, isBest: Bool) throws {
    let event = EpochEvent(record: record, hasSaturation: hasSaturation)
    try writer.write(names.map { event[$0].map(Formatting.plain) ?? "" }.joined(separator: ","))
  }

  func end(_ summary: RunSummary) throws {}
}
