import Training

/// Comma-separated values: a line of names, then a line for each epoch. What is unknown is empty.
struct CSVReport: RunReport {
  let writer: LineWriter

  func start(_ run: RunDescription) throws {
    try writer.write(EpochEvent.Name.allCases.map(\.rawValue).joined(separator: ","))
  }

  func epoch(_ record: EpochRecord, isBest: Bool) throws {
    let event = EpochEvent(record: record)
    let fields = EpochEvent.Name.allCases.map { name in event[name].map(Formatting.plain) ?? "" }
    try writer.write(fields.joined(separator: ","))
  }

  func end(_ summary: RunSummary) throws {}
}
