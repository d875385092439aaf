import NeuralNetwork
import Training
import Verification

/// One neuron under either cost from the same start.
struct NeuronRun {
  var start: NeuronExperiment
  var quadratic: [NeuronExperiment.State]
  var crossEntropy: [NeuronExperiment.State]

  init(quadratic: NeuronExperiment, crossEntropy: NeuronExperiment, epochs: Int) throws {
    start = quadratic
    self.quadratic = try quadratic.run(epochs: epochs)
    self.crossEntropy = try crossEntropy.run(epochs: epochs)
  }
}

/// One network under either cost from the same start.
struct NetworkRun {
  /// The training under one cost.
  struct Training {
    var sizes: [Int]
    var learningRate: Double
    var records: [EpochRecord]
  }

  var quadratic: Training
  var crossEntropy: Training
}

/// Something that tells of the experiment.
protocol SlowdownReport {
  /// The experiment begins.
  func start() throws
  /// A neuron has learned.
  func neuron(_ run: NeuronRun) throws
  /// The network has learned.
  func network(_ run: NetworkRun) throws
}

/// Tables, with a plot of the neuron's outputs.
struct SlowdownText: SlowdownReport {
  let writer: LineWriter

  func start() throws {}

  func neuron(_ run: NeuronRun) throws {
    let start = run.start
    let number = Formatting.plain
    try writer.write(
      """
      a neuron from w = \(number(start.weight)), b = \(number(start.bias)): input \(number(start.input)), \
      target \(number(start.target)), learning rate \(number(start.learningRate))

                    quadratic                       cross-entropy
        epoch     output      cost     slope      output      cost     slope
      """)
    let last = run.quadratic.count - 1
    let rows = min(last, 10)
    for epoch in (0...rows).map({ ($0 * last + rows / 2) / rows }) {
      try writer.write(
        Formatting.right("\(epoch)", 7) + columns(run.quadratic[epoch]) + "  " + columns(run.crossEntropy[epoch]))
    }
    try writer.write("")
    let plot = TerminalPlot(
      curves: [("q", run.quadratic.map(\.output)), ("c", run.crossEntropy.map(\.output))], range: 0...1)
    for line in plot.lines { try writer.write(line) }
    try writer.write("       output by epoch: q quadratic, c cross-entropy, * both\n")
  }

  func network(_ run: NetworkRun) throws {
    let number = Formatting.plain
    try writer.write(
      """
      a network \(run.quadratic.sizes) with sigmoid outputs from large weights, learning rates \
      \(number(run.quadratic.learningRate)) and \(number(run.crossEntropy.learningRate))

                  quadratic                       cross-entropy
      epoch      slope  saturated      test      slope  saturated      test
      """)
    for (quadratic, crossEntropy) in zip(run.quadratic.records, run.crossEntropy.records) {
      try writer.write(Formatting.right("\(quadratic.epoch)", 5) + columns(quadratic) + columns(crossEntropy))
    }
  }

  private func columns(_ state: NeuronExperiment.State) -> String {
    [state.output, state.cost, state.slope].map { Formatting.right(Formatting.fixed($0, decimals: 5), 10) }.joined()
  }

  private func columns(_ record: EpochRecord) -> String {
    let slope = record.saturation.map { Formatting.fixed($0.meanSlope, decimals: 5) } ?? "-"
    let share = record.saturation.map { Formatting.percentage($0.saturatedShare) } ?? "-"
    return Formatting.right(slope, 11) + Formatting.right(share, 11)
      + Formatting.right(Formatting.percentage(record.test.accuracy), 10)
  }
}

/// A row of the experiment: one epoch of one run.
struct SlowdownRow: Encodable {
  /// The names that JSON and CSV have for its figures, in the order of the columns.
  enum Name: String, CaseIterable, CodingKey {
    case experiment, cost
    case startWeight = "start_weight"
    case startBias = "start_bias"
    case epoch, weight, bias, output
    case costValue = "cost_value"
    case slope, saturated, accuracy
  }

  private let experiment: String
  private let cost: Cost
  private let figures: [Name: Double]

  /// The rows of a run.
  static func rows(_ run: NeuronRun) -> [SlowdownRow] {
    [(Cost.quadratic, run.quadratic), (.crossEntropy, run.crossEntropy)].flatMap { cost, states in
      states.map { state in
        SlowdownRow(
          experiment: "neuron", cost: cost,
          figures: [
            .startWeight: run.start.weight, .startBias: run.start.bias, .epoch: Double(state.epoch),
            .weight: state.weight, .bias: state.bias, .output: state.output, .costValue: state.cost,
            .slope: state.slope,
          ])
      }
    }
  }

  /// The rows of a run; cost and accuracy are those of the test digits.
  static func rows(_ run: NetworkRun) -> [SlowdownRow] {
    [(Cost.quadratic, run.quadratic.records), (.crossEntropy, run.crossEntropy.records)].flatMap { cost, records in
      records.map { record in
        SlowdownRow(
          experiment: "network", cost: cost,
          figures: [
            .epoch: Double(record.epoch), .costValue: record.test.cost, .accuracy: record.test.accuracy,
            .slope: record.saturation?.meanSlope ?? .nan, .saturated: record.saturation?.saturatedShare ?? .nan,
          ])
      }
    }
  }

  /// A figure; `nil` if there is none or it is not finite.
  private subscript(name: Name) -> Double? { figures[name].flatMap { $0.isFinite ? $0 : nil } }

  /// The row as comma-separated values.
  var csv: String {
    Name.allCases.map { name in
      switch name {
      case .experiment: experiment
      case .cost: cost.rawValue
      default: self[name].map(Formatting.plain) ?? ""
      }
    }.joined(separator: ",")
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for name in Name.allCases {
      switch name {
      case .experiment: try container.encode(experiment, forKey: name)
      case .cost: try container.encode(cost.rawValue, forKey: name)
      default: try container.encode(self[name], forKey: name)
      }
    }
  }
}

/// JSON Lines: an object for each epoch of each run.
struct SlowdownJSON: SlowdownReport {
  let writer: LineWriter

  func start() throws {}
  func neuron(_ run: NeuronRun) throws { try write(SlowdownRow.rows(run)) }
  func network(_ run: NetworkRun) throws { try write(SlowdownRow.rows(run)) }

  private func write(_ rows: [SlowdownRow]) throws {
    for row in rows { try writer.write(JSONReport.line(row)) }
  }
}

/// The same as a table; what a row does not have is empty.
struct SlowdownCSV: SlowdownReport {
  let writer: LineWriter

  func start() throws { try writer.write(SlowdownRow.Name.allCases.map(\.rawValue).joined(separator: ",")) }
  func neuron(_ run: NeuronRun) throws { for row in SlowdownRow.rows(run) { try writer.write(row.csv) } }
  func network(_ run: NetworkRun) throws { for row in SlowdownRow.rows(run) { try writer.write(row.csv) } }
}
