import Datasets
import Files
import Images
import Memory
import Training

/// Reads images from files, and reports the outputs of a model for them, a chunk at a time.
struct ImageReader {
  /// The fault of one file, after which the next can be read.
  struct FileFailure: Error {
    let reason: Failure
  }

  private var classifier: Classifier
  private let report: PredictionReport
  private let isTransposed: Bool
  private let isRaw: Bool
  /// Pictures that wait for a whole chunk.
  private var waiting: [PredictionReport.Image] = []

  /// More bytes of a picture are not read.
  private static let greatestByteCount = 1 << 28

  /// - Parameters:
  ///   - classifier: The model.
  ///   - isTransposed: Whether the model has learned from images that lie on their side.
  ///   - isRaw: Whether pictures are images for the model already.
  ///   - report: Receives the outputs.
  init(_ classifier: Classifier, isTransposed: Bool, isRaw: Bool, to report: PredictionReport) {
    (self.classifier, self.isTransposed, self.isRaw, self.report) = (classifier, isTransposed, isRaw, report)
  }

  /// Reads a file; `-` is standard input.
  /// - Throws: A `FileFailure` if the file is bad, and another error if the work cannot go on.
  mutating func read(_ word: String) throws {
    let file = try attempt(word) { try InputFile(word == "-" ? ReadableFile(standardInput: ()) : ReadableFile(word)) }
    // HEIC begins with zeros, as IDX does.
    if file.isIDX && ImageFormat(contents: file.start(16)) == nil {
      try reportWaiting()
      try readImages(of: attempt(file.path) { try file.images() }, named: word)
    } else {
      waiting.append(try picture(in: file, named: word))
      if waiting.count == Classifier.chunkSize { try reportWaiting() }
    }
  }

  /// Reports the pictures that wait.
  mutating func reportWaiting() throws {
    try classify(waiting, nameWidth: waiting.map(\.name.count).max() ?? 0)
    waiting.removeAll(keepingCapacity: true)
  }

  private mutating func readImages(of reader: IDXReader, named word: String) throws {
    let (count, rows, columns) = (reader.dimensions[0], reader.dimensions[1], reader.dimensions[2])
    try checkSize(rows: rows, columns: columns, reader.path)
    let pixelCount = classifier.inputCount
    let nameWidth = word.shown.count + 1 + "\(count - 1)".count
    var first = 0
    while true {
      let pixels = try attempt(reader.path) { try reader.nextRows(Classifier.chunkSize, row: pixelCount) }
      guard !pixels.isEmpty else { return }
      let images = stride(from: 0, to: pixels.count, by: pixelCount).map { start in
        PredictionReport.Image(
          file: word, index: first + start / pixelCount, pixels: pixels[start..<start + pixelCount], rows: rows,
          columns: columns)
      }
      try classify(images, nameWidth: nameWidth)
      first += images.count
    }
  }

  /// The image for the model in the picture of a file.
  private func picture(in file: InputFile, named word: String) throws -> PredictionReport.Image {
    guard ImageFormat(contents: file.start(16)).isPicture else { throw refusal(of: file) }
    guard let bytes = try attempt(file.path, { try file.bytes(limit: Self.greatestByteCount) }) else {
      throw malformed("\(file.path.shown): has more than \(Self.greatestByteCount) bytes; make the picture smaller")
    }
    let picture = try attempt(file.path) { try GreyImage(contents: bytes) }
    if isRaw {
      try checkSize(rows: picture.height, columns: picture.width, file.path)
      return .init(file: word, index: nil, pixels: picture.pixels[...], rows: picture.height, columns: picture.width)
    }
    let side = Int(Double(classifier.inputCount).squareRoot())
    guard side * side == classifier.inputCount else {
      throw malformed(
        "\(file.path.shown): the model takes in \(classifier.inputCount) pixels, which are no square, so that a picture "
          + "cannot be prepared for it; give images of that size as an IDX file, or with --raw")
    }
    do {
      try Memory.check(use: picture.preparationByteCount)
    } catch {
      throw FileFailure(
        reason: Failure(
          .notEnoughMemory, "\(file.path.shown): \(error); make the picture smaller, or allow more memory"))
    }
    guard let digit = picture.digit(side: side) else {
      throw malformed(
        "\(file.path.shown): nothing stands out from the background; give a picture of one digit, or an image of the "
          + "model's size with --raw")
    }
    let pixels = isTransposed ? digit.transposed(rows: side, columns: side) : digit
    return .init(file: word, index: nil, pixels: pixels[...], rows: side, columns: side)
  }

  private mutating func classify(_ images: [PredictionReport.Image], nameWidth: Int) throws {
    guard !images.isEmpty else { return }
    let dataset = Dataset(
      pixels: images.flatMap(\.pixels), rows: 1, columns: classifier.inputCount,
      labels: Array(repeating: 0, count: images.count))
    let report = report
    try classifier.classify(Examples(of: dataset)) { positions, outputs in
      try report.write(images[positions], outputs, nameWidth: nameWidth)
    }
  }
}

extension ImageReader {
  private func checkSize(rows: Int, columns: Int, _ path: String) throws {
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    guard !overflows && count == classifier.inputCount else {
      throw malformed(
        "\(path.shown): the model takes in \(classifier.inputCount) pixels, and here an image has \(rows)×\(columns); "
          + "choose a model or images that fit")
    }
  }

  private func malformed(_ message: String) -> FileFailure { FileFailure(reason: Failure(.malformedData, message)) }

  /// The fault of a file that is no picture, by its first bytes.
  private func refusal(of file: InputFile) -> any Error {
    do {
      _ = try GreyImage(contents: Array(file.start(16)))
      return malformed("\(file.path.shown): \(ImageError.unknownFormat)")
    } catch {
      return malformed("\(file.path.shown): \(error)")
    }
  }

  /// Runs what reads a file; its errors are those of the file.
  private func attempt<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as FileError {
      throw FileFailure(reason: Failure(error.isMissing ? .missingInput : .malformedData, "\(error)"))
    } catch let error as ImageError {
      if case .notEnoughMemory = error {
        throw FileFailure(reason: Failure(.notEnoughMemory, "\(path.shown): \(error)"))
      }
      throw malformed("\(path.shown): \(error)")
    } catch {
      throw FileFailure(reason: Failure(error))
    }
  }
}

extension ImageFormat? {
  /// Whether the format is one of pictures that are read.
  fileprivate var isPicture: Bool { self == .png || self == .pgm }
}
