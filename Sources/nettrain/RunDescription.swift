import Datasets
import LinearAlgebra
import NeuralNetwork
import Training

/// All that is settled before the first mini-batch, as the reports tell it.
struct RunDescription {
  var folder: DataFolder
  /// The folder as it was typed, or its whole path where the run is to go on from elsewhere; `nil` for the bundled digits.
  var typedFolder: String?
  /// Whether the data are the digits that come with the program.
  var usesBundledDigits: Bool
  var split: Split
  var sizes: [Int]
  var objective: Objective
  /// The spread of the first weights, unless they are those of a model.
  var initialization: Initialization
  var initialModel: InitialModel?
  /// What that model is known again by, also where a run goes on that began with one.
  var initialModelHash: String?
  var hyperparameters: Hyperparameters
  var epochs: Int
  var patience: Int?
  var measuresSaturation: Bool
  var precision: Precision
  var threads: Int
  var kernel: InputKernel
  /// The share of the training images' pixels that are not 0.
  var density: Double

  /// The number of weights and biases.
  var parameterCount: Int { Network<Double>.parameterCount(of: sizes) }

  /// Library, version and kernel, such as `OpenBLAS 0.3.21 Haswell`.
  var blas: String { "\(BLASLibrary.name) \(BLASLibrary.kernel)" }
}

/// Something that tells of a run as it goes on.
protocol RunReport {
  /// Training is about to begin.
  func start(_ run: RunDescription) throws
  /// An epoch has been evaluated.
  func epoch(_ record: EpochRecord, isBest: Bool) throws
  /// Training has ended.
  func end(_ summary: RunSummary) throws
}
