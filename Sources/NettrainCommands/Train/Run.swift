import Datasets
import Files
import NeuralNetwork
import SystemPackage
import Training

/// A run that is settled: nothing is left open before the first mini-batch.
struct Run {
  var configuration: TrainingConfiguration
  var data: TrainingData
  /// The paths of the data files.
  var dataFiles: [String]
  /// Notes on the data files.
  var dataNotes: [String] = []
  /// Whether the data are the digits that come with the program.
  var usesBundledDigits: Bool
  /// The model that the run starts from.
  var initialModel: InitialModel?

  /// The sizes of the layers, inputs first.
  var sizes: [Int] { configuration.sizes(inputs: data.pixelCount, classes: data.classCount) }

  /// The circumstances of the run; `nil` if the hashes of the data were not asked for.
  var provenance: Provenance? {
    data.sha256.map { sha256 in
      Provenance(
        version: Nettrain.version,
        directory: usesBundledDigits ? nil : FilePath.workingFolder.pushing(FilePath(name: data.directory)).name,
        sha256: sha256,
        firstLabel: data.firstLabel)
    }
  }

  /// Notes on what a user may not expect.
  ///
  /// - Parameters:
  ///   - limit: The number of training examples that was asked for.
  ///   - isNew: Whether the choices can still be made otherwise: the run is not resumed.
  /// - Returns: The notes, a line each.
  func notes(limit: Int?, isNew: Bool = true) -> [String] {
    var notes = dataNotes
    let count = data.training.count
    if let limit, limit > count {
      notes.append("--limit \(limit) is more than the \(count) training examples there are; all are used")
    }
    // The split of a run that is resumed is settled.
    notes += data.classNotes(canStratify: isNew && configuration.validationSplit == .tail)
    if let model = initialModel, model.model.precision != configuration.precision {
      notes.append(
        "\(model.path.shown) holds weights in \(model.model.precision) precision; they are trained in "
          + "\(configuration.precision)")
    }
    if let model = initialModel, let former = model.model.objective, let now = try? configuration.objective(),
      former != now
    {
      notes.append("\(model.path.shown) was trained with \(options(of: former)); it is used with \(options(of: now))")
    }
    return notes + notesOnDecay
  }

  /// An output layer and its cost as they may be typed.
  private func options(of objective: Objective) -> String {
    "--output \(objective.output) --cost \(objective.cost.rawValue)"
      + (objective.softmaxScale == 1 ? "" : " --softmax-scale \(Formatting.plain(objective.softmaxScale))")
  }
}
