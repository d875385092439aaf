import Datasets
import Training

/// The report on a data set.
struct DataReport {
  let folder: DataFolder
  /// The test images that are training images as well.
  let shared: [(position: Int, other: Int)]
  private let training: DatasetSummary
  private let test: DatasetSummary

  init(_ folder: DataFolder) {
    self.folder = folder
    training = DatasetSummary(of: folder.training, classCount: folder.classCount)
    test = DatasetSummary(of: folder.test, classCount: folder.classCount)
    shared = folder.test.images(alsoIn: folder.training)
  }

  /// The files with their sums, in the order in which people name them.
  private var files: [(key: String, path: String, sum: String)] {
    let keys = ["train_images", "train_labels", "test_images", "test_labels"]
    return zip(keys, folder.files).map { ($0, $1, folder.sha256?[$0] ?? "") }
  }

  /// The name of the data set and the files that are not its own.
  private var identity: (name: String?, differing: [String]) {
    guard let closest = KnownDataSet.closest(to: folder.sha256 ?? [:]) else { return (nil, []) }
    return (closest.dataSet.name, closest.differing)
  }

  /// The figures as one object.
  var record: Record {
    func part(_ summary: DatasetSummary) -> FieldValue {
      .object([
        "count": .integer(summary.count), "classes": .list(summary.classCounts.map { .integer($0) }),
        "mean": .number(summary.mean), "standard_deviation": .number(summary.standardDeviation),
        "nonzero_share": .number(summary.density),
      ])
    }
    let (name, differing) = identity
    return Record(
      nil,
      [
        ("directory", .string(folder.path)), ("known_as", name.map { .string($0) } ?? .null),
        ("differing_files", .list(differing.map { .string($0) })),
        ("image_rows", .integer(folder.training.imageShape.rows)),
        ("image_columns", .integer(folder.training.imageShape.columns)), ("classes", .integer(folder.classCount)),
        ("first_label", .integer(folder.firstLabel)), ("train", part(training)), ("test", part(test)),
        (
          "test_images_in_train",
          .list(shared.map { .object(["test": .integer($0.position), "train": .integer($0.other)]) })
        ),
        ("sha256", .object(Dictionary(files.map { ($0.key, .string($0.sum)) }) { $1 })),
      ])
  }

  /// The report for people.
  var text: [String] { heading + figures + classes + sharedLines + sums + digits }

  private var heading: [String] {
    let (name, differing) = identity
    let identity =
      switch (name, differing) {
      case (nil, _): "none of the files is one of MNIST or Fashion-MNIST"
      case (let name?, []): "by the sums of its files this is \(name)"
      case (let name?, let differing):
        "the other files are those of \(name), but not \(differing.joined(separator: ", "))"
      }
    var lines = [folder.path.shown, identity]
    if folder.firstLabel > 0 { lines.append("the labels begin at \(folder.firstLabel)") }
    if DataFolder.hasTransposedImages(named: folder.path) {
      lines.append("the images lie on their side, mirrored, as all of EMNIST; pictures stand them up")
    }
    return lines + [""]
  }

  private var figures: [String] {
    func line(_ name: String, _ value: (DatasetSummary) -> String) -> String {
      Formatting.left(name, 22) + [training, test].map { Formatting.right(value($0), 14) }.joined()
    }
    return [
      Formatting.left("\(folder.training.imageSize) pixels", 22) + Formatting.right("training", 14)
        + Formatting.right("test", 14),
      line("images") { Formatting.grouped($0.count) },
      line("mean of the pixels") { Formatting.fixed($0.mean, decimals: 4) },
      line("standard deviation") { Formatting.fixed($0.standardDeviation, decimals: 4) },
      line("nonzero pixels") { Formatting.percentage($0.density) }, "",
    ]
  }

  private var classes: [String] {
    func cell(_ summary: DatasetSummary, _ label: Int) -> [String] {
      let count = summary.classCounts[label]
      let share = summary.count == 0 ? "-" : Formatting.percentage(Double(count) / Double(summary.count))
      return [Formatting.right(Formatting.grouped(count), 12), Formatting.right(share, 10)]
    }
    return [
      "class" + Formatting.right("training", 22) + Formatting.right("test", 22)
    ]
      + (0..<folder.classCount).map { label in
        Formatting.right("\(label + folder.firstLabel)", 5) + (cell(training, label) + cell(test, label)).joined()
      } + [""]
  }

  private var sharedLines: [String] {
    guard !shared.isEmpty else { return ["no test image is a training image as well", ""] }
    let first = shared.prefix(3).map { "test \($0.position) = training \($0.other)" }.joined(separator: ", ")
    let (count, verb) = (Formatting.grouped(shared.count), shared.count == 1 ? "image is a" : "images are")
    return ["\(count) test \(verb) training \(shared.count == 1 ? "image" : "images") as well: \(first)", ""]
  }

  private var sums: [String] {
    ["SHA-256 of the files, without compression"] + files.flatMap { [$0.path.shown, "  \($0.sum)"] } + [""]
  }

  /// The first training images.
  private var digits: [String] {
    let (rows, columns) = folder.training.imageShape
    guard columns <= 80, rows <= 80 else { return [] }
    let isTransposed = DataFolder.hasTransposedImages(named: folder.path)
    let images = (0..<min(4, folder.training.count)).map { position in
      let pixels = folder.training.image(position)
      return (
        title: "training \(position): \(Int(folder.training.labels[position]) + folder.firstLabel)",
        pixels: isTransposed ? pixels.transposed(rows: rows, columns: columns) : pixels
      )
    }
    return DigitDrawing.lines(
      of: images, rows: isTransposed ? columns : rows, columns: isTransposed ? rows : columns,
      width: Terminal.outputWidth)
  }
}

extension [UInt8] {
  /// The pixels of an image with rows and columns exchanged.
  func transposed(rows: Int, columns: Int) -> [UInt8] {
    (0..<columns).flatMap { column in (0..<rows).map { self[$0 * columns + column] } }
  }
}
