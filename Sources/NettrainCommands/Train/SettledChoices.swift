import Datasets
import NeuralNetwork
import Training

/// The choices of a run with its data: nothing is left open.
struct SettledChoices {
  let configuration: TrainingConfiguration
  let data: TrainingData

  /// Settles what the options leave open.
  init(
    _ network: NetworkOptions, _ training: TrainingOptions, _ data: DataOptions, _ objective: Objective,
    _ model: InitialModel?, on folder: DataFolder
  ) throws {
    let examples = try TrainingData(
      folder, validation: data.validation, limit: data.limit, split: data.validationSplit, seed: training.seed)
    var configuration = TrainingConfiguration.defaults
    network.set(&configuration, objective, model)
    data.set(&configuration, examples)
    try training.set(&configuration, objective, examples)
    (self.configuration, self.data) = (configuration, examples)
  }
}
