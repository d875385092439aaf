import Datasets
import NeuralNetwork
import Training

/// The choices of a run with its data: nothing is left open.
struct SettledChoices {
  let configuration: TrainingConfiguration
  let data: TrainingData

  /// Settles what the options leave open. Data that were made already are `known`.
  init(
    _ network: NetworkOptions, _ training: TrainingOptions, _ data: DataOptions, _ objective: Objective,
    _ model: InitialModel?, on folder: DataFolder, known: inout [TrainingData.Choices: TrainingData]
  ) throws {
    let choices = try data.choices(seed: training.seed, pixelCount: folder.training.pixelCount)
    let examples = try known[choices] ?? TrainingData(folder, choices)
    known[choices] = examples
    var configuration = TrainingConfiguration.defaults
    network.set(&configuration, objective, model)
    data.set(&configuration, examples)
    try training.set(&configuration, objective, examples)
    (self.configuration, self.data) = (configuration, examples)
  }
}
