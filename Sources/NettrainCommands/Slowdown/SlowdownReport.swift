import NeuralNetwork
import Training
import Verification

/// The report of the slowdown experiment: tables with plots, or a record for each epoch of each run.
struct SlowdownReport {
  let writer: LineWriter
  /// The form of the records; `nil` for tables.
  let format: RecordFormat?

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
            "epoch": Double(epoch.epoch), "cost_value": epoch.test.cost, "slope": epoch.saturation?.meanSlope,
            "saturated": epoch.saturation?.saturatedShare, "accuracy": epoch.test.accuracy,
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
    try writer.write(
      """
      a neuron from w = \(number(start.weight)), b = \(number(start.bias)): input \(number(start.input)), \
      target \(number(start.target)), learning rate \(number(start.learningRate))

                    quadratic                       cross-entropy
        epoch     output      cost     slope      output      cost     slope
      """)
    let last = states.quadratic.count - 1
    let rows = min(last, 10)
    for epoch in (0...rows).map({ ($0 * last + rows / 2) / rows }) {
      try writer.write(
        Formatting.right("\(epoch)", 7) + columns(states.quadratic[epoch]) + "  "
          + columns(states.crossEntropy[epoch]))
    }
    try writer.write("")
    let plot = TerminalPlot(
      curves: [("q", states.quadratic.map(\.output)), ("c", states.crossEntropy.map(\.output))], range: 0...1)
    for line in plot.lines { try writer.write(line) }
    try writer.write("       output by epoch: q quadratic, c cross-entropy, * both\n")
  }

  private func writeTable(_ sizes: [Int], _ rates: Pair<Double>, _ epochs: Pair<[EpochRecord]>) throws {
    let number = Formatting.plain
    try writer.write(
      """
      a network \(sizes) with sigmoid outputs from large weights, learning rates \(number(rates.quadratic)) and \
      \(number(rates.crossEntropy))

                  quadratic                       cross-entropy
      epoch      slope  saturated      test      slope  saturated      test
      """)
    for (quadratic, crossEntropy) in zip(epochs.quadratic, epochs.crossEntropy) {
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
