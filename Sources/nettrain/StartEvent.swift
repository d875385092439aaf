import LinearAlgebra
import NeuralNetwork
import Training

/// What the first line says: all that is needed to make the same run again.
struct StartEvent: Encodable {
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
struct OrNull<Value: Encodable>: Encodable {
  let value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}
