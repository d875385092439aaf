import ArgumentParser
import Datasets
import Files
import NeuralNetwork
import Training

/// `nettrain predict`: reads images by a saved model.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read images by a saved model.",
    discussion: """
      An IDX file, gzipped or not, holds images as the model was trained on. A PNG or PGM file may be a photo or drawing of \
      any size: the digit is found, made light on dark, scaled and centred as MNIST's are. The contents tell the format, not \
      the name.

      A line has the image, its class and the activation of that class. An image of an IDX file is FILE#INDEX, counted from \
      0. The class is the label in the data of the training; a0, a1, … are the outputs of the network from the first on. \
      EMNIST's images lie on their side, mirrored: a model of a data folder with emnist in its name gets a photo or drawing \
      laid down in the same way.

      For example, an own drawing, and the bundled test digits for a script:

        nettrain --save model.safetensors
        nettrain predict model.safetensors seven.png --show --top 3
        nettrain predict model.safetensors data/t10k-images-idx3-ubyte.gz --format csv

      Exit status: 0 done, 1 some of the files were bad and are named, 3 outputs are not finite, 64 wrong usage, 65 the model \
      or the only file is malformed or shows nothing, 66 it is missing or unreadable, 71 there is not enough memory, 74 a \
      write failed.
      """, version: Nettrain.version)

  @Argument(
    help: ArgumentHelp("A model that nettrain saved, or - for standard input.", valueName: "model"),
    completion: .file(), transform: Parse.name)
  var model: String

  @Argument(
    help: ArgumentHelp("Images: IDX, PNG or PGM files, or - for standard input.", valueName: "images"),
    completion: .file(), transform: Parse.name)
  var images: [String]

  @Flag(help: "PNG and PGM files have the size of the model's images and are taken as they are.")
  var raw = false

  @Flag(help: "Draw each image in the terminal as the model sees it.")
  var show = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Tell the k classes of the greatest outputs. (default: 1)", valueName: "k"),
    transform: Parse.positiveCount)
  var top: Int?

  @Option(help: ArgumentHelp("The form of standard output; json is one object a line.", valueName: "kind"))
  var format = ReportOptions.Format.text

  @Flag(help: "No notes.")
  var quiet = false

  func validate() throws {
    if format != .text, let option = show ? "--show" : top != nil ? "--top" : nil {
      throw ValidationError("\(option): json and csv have all activations and no drawings; leave it or --format out")
    }
    guard images.count(where: { $0 == "-" }) + (model == "-" ? 1 : 0) <= 1 else {
      throw ValidationError("standard input is read once; give - in one place and files in the others")
    }
  }

  func run() throws {
    let model = try InitialModel(readingFrom: model)
    try MemoryNeed(predicting: model.model).check(for: model.path.shown, "use a smaller model")
    let (objective, note) = try model.model.objectiveInUse(named: model.path)
    if !quiet { LineWriter.writeToStandardError(notes: [note].compactMap(\.self)) }
    let provenance = model.model.provenance
    let isTransposed = provenance?.hasTransposedImages ?? false
    let classifier = Classifier(model.model, objective)
    let report = PredictionReport(
      format: format, top: top ?? 1, drawsImages: show, firstLabel: provenance?.firstLabel ?? 0,
      isTransposed: isTransposed, classCount: classifier.classCount)
    try report.start()
    try read(by: ImageReader(classifier, isTransposed: isTransposed, isRaw: raw, to: report))
  }

  private func read(by reader: ImageReader) throws {
    var reader = reader
    var isComplete = true
    for path in images {
      do {
        try reader.read(path)
      } catch let failure as ImageReader.FileFailure {
        guard images.count > 1 else { throw failure.reason }
        try reader.reportWaiting()
        LineWriter.writeToStandardError("nettrain: error: \(Formatting.oneLine(failure.reason.message ?? ""))")
        isComplete = false
      }
    }
    try reader.reportWaiting()
    guard isComplete else { throw Failure(leftOut: ()) }
  }
}
