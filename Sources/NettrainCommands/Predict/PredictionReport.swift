import Files
import Training

/// Writes what a model makes of images, a line for each.
struct PredictionReport {
  /// An image with its origin.
  struct Image {
    /// The file as it was named, and the position in it if it holds several.
    let file: String
    let index: Int?
    /// The pixels as the model takes them in.
    let pixels: ArraySlice<UInt8>
    let rows: Int
    let columns: Int

    /// The name for people.
    var name: String { file.shown + suffix }
    /// The end of the name, for an image of several in a file.
    var suffix: String { index.map { "#\($0)" } ?? "" }
  }

  let format: ReportOptions.Format
  /// The number of classes that the text tells.
  let top: Int
  let drawsImages: Bool
  /// The label that stands for class 0.
  let firstLabel: Int
  /// Whether drawings stand up images that lie on their side.
  let isTransposed: Bool
  let classCount: Int

  /// Wider images are not drawn.
  static let greatestSide = 80

  /// Writes the line of names that CSV begins with.
  func start() throws {
    guard format == .csv else { return }
    let names = ["image", "class", "activation"] + (0..<classCount).map { "a\($0)" }
    try LineWriter.standardOutput.write(names.joined(separator: ","))
  }

  /// Writes the lines of some images at once.
  func write(_ images: ArraySlice<Image>, _ outputs: NetworkOutputs, nameWidth: Int) throws {
    var lines: [String] = []
    var name = JSONName(file: "")
    for (row, image) in images.enumerated() {
      guard let read = outputs.classOfImage(row), outputs.activations[row, read].isFinite else {
        throw Failure(.diverged, "\(image.name): outputs of the model are not finite; choose another model")
      }
      switch format {
      case .text:
        lines.append(text(image, outputs, row, nameWidth))
        if drawsImages { lines += drawing(of: image) }
      case .csv:
        let cells = [Record.quoted(image.file.fileNameText + image.suffix), "\(read + firstLabel)"]
        let activations = [read] + Array(0..<classCount)
        lines.append((cells + activations.map { number(outputs, row, $0) }).joined(separator: ","))
      case .json:
        if image.file != name.file { name = JSONName(file: image.file) }
        let activations = (0..<classCount).map { number(outputs, row, $0, other: "null") }
        lines.append(
          #"{"activation":\#(activations[read]),"activations":[\#(activations.joined(separator: ","))],"#
            + #""class":\#(read + firstLabel),"image":\#(name.quoted(with: image.suffix))}"#)
      }
    }
    try LineWriter.standardOutput.write(lines.joined(separator: "\n"))
  }

  private func number(_ outputs: NetworkOutputs, _ row: Int, _ output: Int, other: String = "") -> String {
    let activation = outputs.activations[row, output]
    return activation.isFinite ? Formatting.plain(activation) : other
  }

  /// The name, and for each of the greatest outputs its class and activation.
  private func text(_ image: Image, _ outputs: NetworkOutputs, _ row: Int, _ nameWidth: Int) -> String {
    let z = outputs.weightedInputs
    let best =
      top == 1
      ? [outputs.classOfImage(row) ?? 0]
      : Array((0..<classCount).sorted { (z[row, $1], $0) < (z[row, $0], $1) }.prefix(top))
    let labelWidth = "\(classCount - 1 + firstLabel)".count + 2
    return best.reduce(into: Formatting.left(image.name, nameWidth)) { line, output in
      line += Formatting.right("\(output + firstLabel)", labelWidth)
      line += Formatting.right(Formatting.fixed(outputs.activations[row, output], decimals: 4), 9)
    }
  }

  private func drawing(of image: Image) -> [String] {
    guard image.rows <= Self.greatestSide && image.columns <= Self.greatestSide else {
      return ["  larger than \(Self.greatestSide)×\(Self.greatestSide) pixels, so it is not drawn"]
    }
    let pixels = Array(image.pixels)
    guard isTransposed else { return DigitDrawing.lines(of: pixels, rows: image.rows, columns: image.columns) }
    return DigitDrawing.lines(
      of: pixels.transposed(rows: image.rows, columns: image.columns), rows: image.columns, columns: image.rows)
  }
}

/// The name of a file as JSON writes it. It is formed once for all images of a file.
private struct JSONName {
  let file: String
  private let start: Substring

  init(file: String) {
    self.file = file
    // {"image":"…"}
    start = Record(nil, [("image", .string(file.fileNameText))]).json.dropFirst(9).dropLast(2)
  }

  /// The name with something at its end, which has no special characters, in quotes.
  func quoted(with suffix: String) -> String { start + suffix + "\"" }
}
