import ArgumentParser
import Datasets
import Training

/// The options for the examples.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder with the four IDX files of MNIST, Fashion-MNIST or the like, gzipped or not, or the beginning of their "
        + "names, as gzip/emnist-letters. (default: the 5,000 digits that come with nettrain)",
      valueName: "dir"),
    completion: .file(), transform: Parse.name)
  var data: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Use only the first n training examples. (default: all)", valueName: "n"),
    transform: Parse.positiveCount)
  var limit: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Hold out the last n examples of the training file to choose the best epoch; 0 for none. "
        + "(default: a sixth of them)",
      valueName: "n"),
    transform: Parse.count)
  var validation: Int?

  @Option(
    help: ArgumentHelp(
      "The examples held out: the last ones of the file, or as many of each class as its share, drawn by the seed.",
      valueName: "kind"))
  var validationSplit = ValidationSplit.tail

  @Flag(help: "Also train on each image moved by one pixel up, down, left and right: five times the examples.")
  var expand = false

  /// The choices that make training data, for images of so many pixels.
  func choices(seed: UInt64, pixelCount: Int) throws -> TrainingData.Choices {
    guard !expand || Pixels.areCompressible(pixelCount: pixelCount) else {
      throw Failure(
        .usage,
        "--expand: images have at most \(Pixels.greatestCompressibleCount) pixels there, and these have "
          + "\(pixelCount); leave it out")
    }
    return TrainingData.Choices(
      validation: validation, limit: limit, split: validationSplit, seed: validationSplit == .tail ? 0 : seed,
      expand: expand)
  }

  /// Sets the choices that these options make.
  func set(_ configuration: inout TrainingConfiguration, _ data: TrainingData) {
    configuration.expand = expand
    configuration.limit = data.training.count / (expand ? Dataset.expansionFactor : 1)
    configuration.validation = data.validation?.count ?? 0
    configuration.validationSplit = validationSplit
  }

  /// Sets them for data that have not been read.
  func set(_ configuration: inout TrainingConfiguration, counting data: DataOutline) {
    configuration.expand = expand
    configuration.validation = min(validation ?? data.trainingCount / 6, data.trainingCount)
    configuration.limit = min(limit ?? .max, data.trainingCount - configuration.validation)
    configuration.validationSplit = validationSplit
  }
}

extension ValidationSplit: ExpressibleByArgument {}
