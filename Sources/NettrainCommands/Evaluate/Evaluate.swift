import ArgumentParser
import Assessment
import Datasets
import Files
import NeuralNetwork
import Training

/// `nettrain evaluate`: looks at what a saved model gets right and wrong.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "See where a saved model is wrong, how sure it is, and what its outputs are.",
    discussion: """
      The report has the accuracy with its 95 % interval, both costs where the outputs have them, precision, recall and F1 \
      of each class, the confusion matrix, how far activations can be taken for probabilities, the sum of the outputs, and \
      the most confident mistakes.

      For example, a model with its worst mistakes drawn in the terminal, and as a picture:

        nettrain --save model.safetensors
        nettrain evaluate model.safetensors --show 3 --picture model.svg

      Exit status: 0 done, 3 outputs are not finite, 64 wrong usage, 65 the model or data are malformed or do not fit, 66 \
      they are missing or unreadable, 69 gnuplot is missing, 71 there is not enough memory, 73 a picture cannot be created, \
      74 a write failed.
      """, version: Nettrain.version)

  @Argument(
    help: ArgumentHelp("A model that nettrain saved, or - for standard input.", valueName: "model"),
    completion: .file(), transform: Parse.name)
  var model: String

  @Option(
    help: ArgumentHelp(
      "A folder with the four IDX files, or the beginning of their names. (default: the digits that come with nettrain)",
      valueName: "dir"),
    completion: .file(), transform: Parse.name)
  var data: String?

  @Option(help: ArgumentHelp("The examples to judge by.", valueName: "set"))
  var set = ExampleSet.test

  @Option(
    help: ArgumentHelp(
      "The form of standard output; json is one object, csv has a row for each class.", valueName: "kind"))
  var format = Format.text

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Draw the n most confident mistakes in the terminal.", valueName: "n"),
    transform: Parse.positiveCount)
  var show: Int?

  @Option(
    help: ArgumentHelp(
      "Draw confusion matrix, reliability and mistakes to a file that ends in .svg, .png or .pdf, with gnuplot.",
      valueName: "file"),
    completion: .file(), transform: Parse.name)
  var picture: String?

  @Option(
    help: ArgumentHelp(
      "Draw the weights from the pixels to each neuron of the first layer to a file that ends in .svg, .png or .pdf, with gnuplot.",
      valueName: "file"),
    completion: .file(), transform: Parse.name)
  var weights: String?

  @Flag(help: "Replace files that are not pictures of nettrain.")
  var force = false

  @Flag(help: "No notes.")
  var quiet = false

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case csv
  }

  func validate() throws {
    if show != nil && format != .text {
      throw ValidationError("--show: digits are drawn in the text form; leave --show or --format out")
    }
  }

  func run() throws {
    let model = try InitialModel(readingFrom: model)
    let files = try DataFiles(openedIn: data ?? BundledDigits.folder(), hashing: set != .test)
    let pictures = try openPictures(sparing: [model.path] + files.paths, Array(files.testImages.dimensions[1...]))
    if let outline = try files.outline() {
      var need = MemoryNeed(evaluating: model.model, on: outline)
      if weights != nil { need.add(pictureOf: model.model) }
      try need.check(for: model.path.shown, "use a smaller model or data")
    }
    let folder = try files.read()
    try model.check(against: folder)
    let (objective, outputNote) = try model.model.objectiveInUse(named: model.path)
    let (examples, positions, splitNote) = try set.examples(of: folder, for: model.model, in: model.path)
    if !quiet {
      LineWriter.writeToStandardError(
        notes: folder.differingCopyNotes + notes(on: model, folder) + [outputNote, splitNote].compactMap(\.self))
    }
    var classifier = Classifier(model.model, objective)
    let assessment = Assessment(of: &classifier, on: examples)
    guard assessment.isFinite else {
      throw Failure(
        .diverged, "\(model.path.shown): outputs of the model are not finite on these images; choose another model")
    }
    let report = EvaluationReport(
      model: model, set: set, folder: folder, assessment: assessment, positions: positions,
      first: examples.range.lowerBound)
    try draw(pictures, report, examples)
    let writer = LineWriter.standardOutput
    switch format {
    case .text: for line in report.text(mistakeCount: 10) + drawings(report, examples) { try writer.write(line) }
    case .json: try writer.write(report.record.json)
    case .csv:
      let records = report.classRecords
      for line in records.prefix(1).map(\.csvHeader) + records.map(\.csvRow) { try writer.write(line) }
    }
  }

  /// The files of the pictures and the program that draws them; `nil` if none is wanted.
  private func openPictures(
    sparing inputs: [String], _ imageShape: [Int]
  ) throws -> (gnuplot: Gnuplot, picture: PictureFile?, weights: PictureFile?)? {
    guard picture != nil || weights != nil else { return nil }
    let option = picture == nil ? "--weights" : "--picture"
    guard Gnuplot.greatestTileCount(side: imageShape.max() ?? 0) > 0 else {
      throw Failure(
        .usage,
        "\(option): images of \(imageShape.map(String.init).joined(separator: "×")) pixels are too large to be drawn; "
          + "leave it out")
    }
    return (
      try Gnuplot(for: option),
      try picture.map { try PictureFile($0, option: "--picture", force: force, sparing: inputs) },
      try weights.map {
        try PictureFile($0, option: "--weights", force: force, sparing: inputs + (picture.map { [$0] } ?? []))
      }
    )
  }

  private func draw(
    _ pictures: (gnuplot: Gnuplot, picture: PictureFile?, weights: PictureFile?)?, _ report: EvaluationReport,
    _ examples: Examples
  ) throws {
    guard let pictures else { return }
    if let file = pictures.picture {
      let picture = report.picture(of: examples)
      try file.write(pictures.gnuplot.draw(picture.commands, as: file.kind, size: EvaluationPicture.size))
    }
    if let file = pictures.weights {
      let picture = report.weightPicture
      try file.write(pictures.gnuplot.draw(picture.commands, as: file.kind, size: picture.size))
    }
  }

  /// The most confident mistakes for the terminal, as many as `show` says.
  private func drawings(_ report: EvaluationReport, _ examples: Examples) -> [String] {
    guard let show else { return [] }
    let mistakes = report.assessment.mistakes.prefix(show)
    let images = mistakes.map { mistake in
      let rows = report.rows(examples.dataset.image(examples.range.lowerBound + mistake.position))
      let title = "image \(report.image(mistake)): \(report.label(mistake.label)) read as \(report.label(mistake.read))"
      return (title: title, pixels: rows.flatMap(\.self), shape: (rows: rows.count, columns: rows[0].count))
    }
    guard let shape = images.first?.shape else { return [] }
    return [""]
      + DigitDrawing.lines(
        of: images.map { ($0.title, $0.pixels) }, rows: shape.rows, columns: shape.columns,
        width: Terminal.outputWidth)
  }

  /// Notes on what a user may not expect of the model.
  private func notes(on model: InitialModel, _ folder: DataFolder) -> [String] {
    var notes: [String] = []
    if data == nil, let directory = model.model.provenance?.directory {
      notes.append(
        "these are the digits that come with nettrain; choose those of the training with --data \(directory.shown)")
    }
    if let firstLabel = model.model.provenance?.firstLabel, firstLabel != folder.firstLabel {
      notes.append(
        "class 0 is label \(firstLabel) in the data of the model's training, and label \(folder.firstLabel) in "
          + folder.path.shown)
    }
    return notes
  }
}

extension EvaluationReport {
  /// The rows of an image; an image that lies on its side is stood up.
  func rows<Element>(_ pixels: [Element]) -> [[Element]] {
    let (rows, columns) = folder.training.imageShape
    guard DataFolder.hasTransposedImages(named: folder.path) else {
      return (0..<rows).map { Array(pixels[$0 * columns..<($0 + 1) * columns]) }
    }
    return (0..<columns).map { column in (0..<rows).map { pixels[$0 * columns + column] } }
  }

  func picture(of examples: Examples) -> EvaluationPicture {
    EvaluationPicture(
      assessment: assessment, firstLabel: folder.firstLabel,
      images: assessment.mistakes.prefix(EvaluationPicture.imageCount).map {
        ($0, rows(examples.dataset.image(first + $0.position)))
      })
  }

  var weightPicture: WeightPicture {
    let weights = model.model.network(Double.self).layers[0].weights
    return WeightPicture(
      neurons: (0..<weights.rows).map {
        rows(Array(weights.elements[$0 * weights.columns..<($0 + 1) * weights.columns]))
      })
  }
}
