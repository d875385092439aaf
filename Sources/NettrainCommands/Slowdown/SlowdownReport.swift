import NeuralNetwork
import Training
import Verification

/// The report of the slowdown experiment: tables with plots, or a record for each epoch of each run.
struct SlowdownReport {
  let writer: LineWriter
  /// The form of the records; `nil` for tables.
  let format: RecordFormat?
  /// The width of the tables.
  let width: Int

  /// The results of a run under either cost.
  typealias Pair<Result> = (quadratic: Result, crossEntropy: Result)

  /// Writes the names of the columns, if the form has any.
  func start() throws {
    if format == .csv { try writer.write(record("", .quadratic, [:]).csvHeader) }
  }

  /// Reports one neuron under either cost from the same start.
  func neuron(_ start: NeuronExperiment, _ states: Pair<[NeuronExperiment.State]>) throws {
    guard let format else { return try writeTable(start, states) }
    for (cost, states) in [(Cost.quadratic, states.quadratic), (.crossEntropy, states.crossEntropy)] {
      let records = states.lazy.map { state in
        record(
          "neuron", cost,
          [
            "start_weight": start.weight, "start_bias": start.bias, "epoch": Double(state.epoch),
            "weight": state.weight, "bias": state.bias, "output": state.output, "cost_value": state.cost,
            "slope": state.slope,
          ])
      }
      try format.write(records, to: writer)
    }
  }

  /// Reports one network under either cost from the same start; cost and accuracy are those on the test digits.
  func network(_ sizes: [Int], learningRates: Pair<Double>, _ epochs: Pair<[EpochRecord]>) throws {
    guard let format else { return try writeTable(sizes, learningRates, epochs) }
    for (cost, epochs) in [(Cost.quadratic, epochs.quadratic), (.crossEntropy, epochs.crossEntropy)] {
      let records = epochs.lazy.map { epoch in
        record(
          "network", cost,
          [
            "epoch": Double(epoch.epoch), "cost_value": epoch.test?.cost, "slope": epoch.saturation?.meanSlope,
            "saturated": epoch.saturation?.saturatedShare, "accuracy": epoch.test?.accuracy,
          ])
      }
      try format.write(records, to: writer)
    }
  }

  private func record(_ experiment: String, _ cost: Cost, _ figures: [String: Double?]) -> Record {
    let names = [
      "start_weight", "start_bias", "epoch", "weight", "bias", "output", "cost_value", "slope", "saturated", "accuracy",
    ]
    return Record(
      nil,
      [("experiment", .string(experiment)), ("cost", .string(cost.rawValue))]
        + names.map { ($0, .number(figures[$0] ?? nil)) })
  }

  private func writeTable(_ start: NeuronExperiment, _ states: Pair<[NeuronExperiment.State]>) throws {
    let number = Formatting.plain
    try write(
      "a neuron from w = \(number(start.weight)), b = \(number(start.bias)): input \(number(start.input)), "
        + "target \(number(start.target)), learning rate \(number(start.learningRate))")
    typealias Row = Pair<NeuronExperiment.State>
    func columns(of group: String, after space: Int, _ state: @escaping (Row) -> NeuronExperiment.State)
      -> [TextTable<Row>.Column]
    {
      [
        .init(group: group, title: "output", width: space + 10) { Formatting.fixed(state($0).output, decimals: 5) },
        .init(group: group, title: "cost", width: 10, rank: 1) { Formatting.cost(state($0).cost) },
        .init(group: group, title: "slope", width: 10, rank: 2) { Formatting.fixed(state($0).slope, decimals: 5) },
      ]
    }
    let table = TextTable<Row>(
      [.init(title: "epoch", width: 7) { "\($0.quadratic.epoch)" }]
        + columns(of: "quadratic", after: 0, \.quadratic) + columns(of: "cross-entropy", after: 2, \.crossEntropy),
      width: width)
    try writer.write("\n" + table.header)
    let last = states.quadratic.count - 1
    let rows = min(last, 10)
    for epoch in (0...rows).map({ ($0 * last + rows / 2) / rows }) {
      try writer.write(table.line((states.quadratic[epoch], states.crossEntropy[epoch])))
    }
    try writer.write("")
    func points(_ states: [NeuronExperiment.State]) -> [(x: Double, y: Double)] {
      states.map { (Double($0.epoch), $0.output) }
    }
    let plot = TerminalPlot(
      curves: [("q", points(states.quadratic)), ("c", points(states.crossEntropy))],
      x: .init(range: 0...Double(last), ticks: [(0, "0"), (Double(last), "\(last)")]),
      y: .init(
        range: 0...1, ticks: [0, 0.25, 0.5, 0.75, 1].map { ($0, Formatting.fixed($0, decimals: 2)) }),
      width: max(23, min(71, width - 1)))
    for line in plot.lines { try writer.write(line) }
    try writer.write("       output by epoch: q quadratic, c cross-entropy, * both\n")
  }

  private func writeTable(_ sizes: [Int], _ rates: Pair<Double>, _ epochs: Pair<[EpochRecord]>) throws {
    let number = Formatting.plain
    try write(
      "a network \(sizes), sigmoid outputs, large weights, rates \(number(rates.quadratic)) and "
        + number(rates.crossEntropy))
    typealias Row = Pair<EpochRecord>
    func columns(of group: String, _ record: @escaping (Row) -> EpochRecord) -> [TextTable<Row>.Column] {
      [
        .init(group: group, title: "slope", width: 11, rank: 1) { row in
          record(row).saturation.map { Formatting.fixed($0.meanSlope, decimals: 5) } ?? "-"
        },
        .init(group: group, title: "saturated", width: 11, rank: 2) { row in
          record(row).saturation.map { Formatting.percentage($0.saturatedShare) } ?? "-"
        },
        .init(group: group, title: "test", width: 10) { row in
          record(row).test.map { Formatting.percentage($0.accuracy) } ?? "-"
        },
      ]
    }
    let table = TextTable<Row>(
      [.init(title: "epoch", width: 5) { "\($0.quadratic.epoch)" }] + columns(of: "quadratic", \.quadratic)
        + columns(of: "cross-entropy", \.crossEntropy), width: width)
    try writer.write("\n" + table.header)
    for row in zip(epochs.quadratic, epochs.crossEntropy) { try writer.write(table.line((row.0, row.1))) }
  }

  /// Writes a text of one or more lines.
  private func write(_ text: String) throws {
    for line in Formatting.wrapped(text, width: width) { try writer.write(line) }
  }
}
