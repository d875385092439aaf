import ArgumentParser
import Datasets
import Training

/// The examples of a data folder that a model is judged by.
enum ExampleSet: String, CaseIterable, ExpressibleByArgument {
  case train
  case validation
  case test

  /// These examples of a folder.
  ///
  /// A model tells how the training file was split for it. For another data set, or a model that does not tell, it is split
  /// as by default.
  /// - Parameters:
  ///   - folder: The data, with their hashes.
  ///   - model: The model.
  ///   - path: The file of the model.
  /// - Returns: The examples, the position of each in its file if that is not in their order, and a note if the split is
  ///   not that of the training.
  /// - Throws: A failure, if there are none, or if the split of the model is impossible.
  func examples(
    of folder: DataFolder, for model: Model, in path: String
  ) throws -> (examples: Examples, positions: [Int]?, note: String?) {
    guard self != .test else { return (Examples(of: folder.test), nil, nil) }
    let own = model.provenance?.sha256 == folder.sha256 ? model.configuration : nil
    if let own, own.limit < 1 || own.validation >= folder.training.count {
      throw Failure(
        .malformedData,
        "\(path.shown): the model tells of \(own.limit) examples that train and \(own.validation) that validate, which "
          + "cannot be of \(folder.training.count); use another copy of it")
    }
    var choices = own?.dataChoices ?? TrainingData.Choices()
    // The images themselves are shown, not those moved by a pixel.
    choices.expand = false
    let data = try TrainingData(folder, choices)
    guard let examples = self == .train ? data.training : data.validation else {
      throw Failure(.usage, "--set validation: the model was trained without validation examples; choose another set")
    }
    var positions: [Int]?
    if let own, own.validationSplit == .stratified, own.validation > 0 {
      positions = ValidationSplit.stratifiedOrder(
        of: folder.training.labels, heldCount: own.validation, seed: own.seed)
    }
    let note =
      "the model was not trained on these data, or does not tell how they were split; here the last sixth of the training "
      + "file are the validation examples"
    return (examples, positions, own == nil ? note : nil)
  }
}
