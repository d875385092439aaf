import Experiments
import Files
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

  /// True if there is something other than such a table at a path, by its beginning.
  static func isForeign(_ path: String) -> Bool {
    guard let file = try? ReadableFile(path), file.byteCount > 0 else { return false }
    let header = "variant,y,epoch,seconds,".utf8
    let start = try? file.read(min(file.byteCount, header.count))
    return start.map { !$0.elementsEqual(header) } ?? true
  }
}
