import Experiments
import Training

extension CurveChart {
  /// A record for each point of each curve, with the figures as they are in logs.
  var records: [Record] {
    panels.flatMap { panel in
      zip(names, panel.curves).flatMap { name, curve in
        curve.points.map { point in
          Record(
            nil,
            [
              ("variant", .string(name)), ("y", .string(panel.metric.option)), ("epoch", .integer(point.epoch)),
              ("seconds", .seconds(point.seconds)), ("mean", .number(point.mean)),
              ("deviation", .number(point.deviation)), ("seeds", .integer(point.count)),
            ])
        }
      }
    }
  }

  /// The points as comma-separated values.
  var table: [String] { records.prefix(1).map(\.csvHeader) + records.map(\.csvRow) }

  /// The beginning of such a table.
  static let tableStart = "variant,y,epoch,seconds,"
}
