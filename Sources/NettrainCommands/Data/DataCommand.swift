import ArgumentParser
import Datasets

/// `nettrain data`: tells what a data folder holds.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Tell what a data folder holds.",
    discussion: """
      The report has the numbers and sizes of the images, the share of each class, the mean and the deviation of the pixels \
      divided by 255, the test images that are training images as well, the SHA-256 of each file and the known data set \
      that it belongs to, and the first images.

      For example:

        nettrain data mnist

      Exit status: 0 done, 64 wrong usage, 65 the data are malformed, 66 they are missing or unreadable, 71 there is not \
      enough memory.
      """, version: Nettrain.version)

  @Argument(
    help: ArgumentHelp(
      "A folder with the four IDX files, or the beginning of their names. (default: the digits that come with nettrain)",
      valueName: "dir"),
    completion: .file(), transform: Parse.name)
  var directory: String?

  @Option(help: ArgumentHelp("The form of standard output; json is one object.", valueName: "kind"))
  var format = Format.text

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  func run() throws {
    let files = try DataFiles(openedIn: directory ?? BundledDigits.folder(), hashing: true)
    if let outline = try files.outline() {
      var need = MemoryNeed(outline)
      // A table of the training images, which grows by doubling.
      need.add(150 * Double(outline.trainingCount))
      try need.check(for: files.path.shown, "use fewer or smaller images")
    }
    let folder = try files.read()
    LineWriter.writeToStandardError(notes: folder.differingCopyNotes)
    let report = DataReport(folder)
    for line in format == .json ? [report.record.json] : report.text { try LineWriter.standardOutput.write(line) }
  }
}
