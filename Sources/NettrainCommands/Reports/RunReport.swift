import Training

/// A report of a run while it goes on.
protocol RunReport {
  /// Training is about to begin.
  func start(_ run: Run) throws
  /// An epoch has been evaluated.
  func epoch(_ record: EpochRecord, isBest: Bool) throws
  /// Training has ended.
  func end(_ summary: RunSummary) throws
}

/// A run as JSON Lines, or its epochs as a table of comma-separated values.
struct RecordReport: RunReport {
  let writer: LineWriter
  let format: RecordFormat
  /// Whether epochs have the figures of saturation.
  let hasSaturation: Bool

  func start(_ run: Run) throws {
    switch format {
    case .json: try writer.write(Record.start(run).json)
    case .csv: try writer.write(Record.epoch(nil, withSaturation: hasSaturation).csvHeader)
    }
  }

  func epoch(_ record: EpochRecord, isBest: Bool) throws {
    try format.write([.epoch(record, withSaturation: hasSaturation)], to: writer)
  }

  func end(_ summary: RunSummary) throws {
    if format == .json { try writer.write(Record.end(summary).json) }
  }
}
