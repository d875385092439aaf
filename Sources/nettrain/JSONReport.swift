import FoundationEssentials
import LinearAlgebra
import Training

/// JSON Lines: one object per event, its keys in alphabetical order.
struct JSONReport: RunReport {
  let writer: LineWriter
  /// Whether epochs have the figures of saturation.
  let hasSaturation: Bool

  func start(_ run: RunDescription) throws { try write(StartEvent(run)) }

  func epoch(_ record: EpochRecord, isBest: Bool) throws {
    try write(EpochEvent(record: record, hasSaturation: hasSaturation))
  }

  func end(_ summary: RunSummary) throws { try write(EndEvent(summary: summary)) }

  private func write(_ event: some Encodable) throws { try writer.write(Self.line(event)) }

  /// An event as a line, without its end.
  static func line(_ event: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(event), as: UTF8.self)
  }
}

/// What the first line says: all that is needed to make the same run again.
private struct StartEvent: Encodable {
  var event = "start"
  var schema = 1
  var version = Nettrain.version
  var seed: UInt64
  var cost: String
  var output: String
  var softmaxScale: Double
  var layers: [Int]
  var `init`: String
  var initModel: OrNull<String>
  var learningRate: Double
  var batchSize: Int
  var epochs: Int
  var patience: OrNull<Int>
  var l2: Double
  var labelSmoothing: Double
  var shuffle: Bool
  var precision: String
  var threads: Int
  var kernel: String
  var density: Double
  var instructions: String
  var blas: String
  var data: DataDescription

  private enum CodingKeys: String, CodingKey {
    case event, schema, version, seed, cost, output, layers, `init`, epochs, patience, l2, shuffle, precision, threads,
      kernel,
      density, instructions, blas, data
    case initModel = "init_model"
    case softmaxScale = "softmax_scale"
    case learningRate = "learning_rate"
    case batchSize = "batch_size"
    case labelSmoothing = "label_smoothing"
  }

  struct DataDescription: Encodable {
    var directory: String
    var train: Int
    var validation: Int
    var test: Int
    var classes: Int
    var sha256: [String: String]
  }

  init(_ run: RunDescription) {
    seed = run.hyperparameters.seed
    cost = run.objective.cost.rawValue
    output = run.objective.output.rawValue
    softmaxScale = run.objective.softmaxScale
    layers = run.sizes
    `init` = run.initialModelHash == nil ? run.initialization.rawValue : "model"
    initModel = OrNull(run.initialModelHash)
    learningRate = run.hyperparameters.learningRate
    batchSize = run.hyperparameters.batchSize
    epochs = run.epochs
    patience = OrNull(run.patience)
    l2 = run.hyperparameters.l2
    labelSmoothing = run.hyperparameters.labelSmoothing
    shuffle = run.hyperparameters.shuffles
    precision = run.precision.rawValue
    threads = run.threads
    kernel = run.kernel.rawValue
    density = run.density
    instructions = VectorInstructions.name
    blas = run.blas
    data = DataDescription(
      directory: run.folder.path, train: run.split.training.count, validation: run.split.validation?.count ?? 0,
      test: run.folder.test.count, classes: run.folder.classCount,
      sha256: Dictionary(uniqueKeysWithValues: run.dataFiles.map { ($0.name, $0.file.sha256()) }))
  }
}

/// A value that is written as `null` where there is none.
private struct OrNull<Value: Encodable>: Encodable {
  let value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}

/// An epoch's figures under their names, which are keys in JSON and columns in CSV.
struct EpochEvent: Encodable {
  let record: EpochRecord
  let hasSaturation: Bool

  /// The names, in the order of the columns.
  enum Name: String, CaseIterable, CodingKey {
    case epoch
    case trainCost = "train_cost"
    case trainAccuracy = "train_accuracy"
    case validationCost = "validation_cost"
    case validationAccuracy = "validation_accuracy"
    case testCost = "test_cost"
    case testAccuracy = "test_accuracy"
    case penalty
    case seconds
    case evaluationSeconds = "evaluation_seconds"
    case meanSlope = "mean_slope"
    case saturated

    /// The names of the figures that a run has.
    static func all(withSaturation hasSaturation: Bool) -> [Name] {
      allCases.filter { hasSaturation || ($0 != .meanSlope && $0 != .saturated) }
    }
  }

  /// The figure of a name; `nil` if there is none or it is not finite.
  subscript(name: Name) -> Double? {
    let figure: Double? =
      switch name {
      case .epoch: Double(record.epoch)
      case .trainCost: record.training?.cost
      case .trainAccuracy: record.training?.accuracy
      case .validationCost: record.validation?.cost
      case .validationAccuracy: record.validation?.accuracy
      case .testCost: record.test.cost
      case .testAccuracy: record.test.accuracy
      case .penalty: record.penalty
      case .seconds: record.seconds.map(roundedToMicroseconds)
      case .evaluationSeconds: roundedToMicroseconds(record.evaluationSeconds)
      case .meanSlope: record.saturation?.meanSlope
      case .saturated: record.saturation?.saturatedShare
      }
    return figure.flatMap { $0.isFinite ? $0 : nil }
  }

  func encode(to encoder: any Encoder) throws {
    enum EventKey: CodingKey { case event }
    var event = encoder.container(keyedBy: EventKey.self)
    try event.encode("epoch", forKey: .event)
    var figures = encoder.container(keyedBy: Name.self)
    for name in Name.all(withSaturation: hasSaturation) { try figures.encode(self[name], forKey: name) }
  }
}

/// What the last line says.
private struct EndEvent: Encodable {
  let summary: RunSummary

  private enum Key: String, CodingKey {
    case event, status, epochs, seconds
    case bestEpoch = "best_epoch"
    case validationAccuracyAtBest = "validation_accuracy_at_best"
    case testAccuracyAtBest = "test_accuracy_at_best"
    case testAccuracy = "test_accuracy"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("end", forKey: .event)
    try container.encode(summary.status.name, forKey: .status)
    try container.encode(summary.last?.epoch ?? 0, forKey: .epochs)
    try container.encode(summary.best?.epoch, forKey: .bestEpoch)
    try container.encode(summary.best?.validation?.accuracy, forKey: .validationAccuracyAtBest)
    try container.encode(summary.best?.test.accuracy, forKey: .testAccuracyAtBest)
    try container.encode(summary.last?.test.accuracy, forKey: .testAccuracy)
    try container.encode(roundedToMicroseconds(summary.seconds), forKey: .seconds)
  }
}

extension RunSummary.Status {
  /// The word that logs have for it.
  fileprivate var name: String {
    switch self {
    case .completed, .outOfPatience: "completed"
    case .diverged: "diverged"
    case .interrupted: "interrupted"
    }
  }
}

private func roundedToMicroseconds(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
