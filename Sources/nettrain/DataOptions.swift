import ArgumentParser
import Datasets

/// The options that say on what is trained.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder with the four IDX files of MNIST, Fashion-MNIST or the like, gzipped or not. "
        + "(default: the 5,000 digits that come with nettrain)",
      valueName: "dir"),
    transform: Parse.name)
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

  /// Whether the data are the digits that come with the program.
  var usesBundledDigits: Bool { data == nil && !BundledDigits.areReplaced }

  /// Reads the folder and parts its training examples.
  func load() throws -> (folder: DataFolder, split: Split) {
    let folder = try DataFolder(readingFrom: data ?? BundledDigits.folder())
    do {
      let split = try Split(folder.training, validationCount: validation, limit: limit)
      return (folder, split)
    } catch {
      throw Failure(.usage, "--validation: \(error)")
    }
  }
}
