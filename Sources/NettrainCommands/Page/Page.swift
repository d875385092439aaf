import ArgumentParser
import Files
import Safetensors

/// `nettrain page`: a web page on which digits are drawn and read by a model.
struct Page: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a web page on which digits are drawn and read by a model.",
    usage: "nettrain page <model> [<model>] <page> [--title <text>] [--force]",
    discussion: """
      The page is one HTML file with everything in it; it loads nothing and needs no server. It shows the image that the \
      model sees, the outputs while one draws, their sum, and the activations of the hidden neurons. A drawing is brought \
      into the form of MNIST's images first.

      Two models on one page answer side by side, such as the same network under two costs:

        nettrain --output sigmoid --cost quadratic --save quadratic.safetensors
        nettrain --output sigmoid --cost cross-entropy --save cross-entropy.safetensors
        nettrain page quadratic.safetensors cross-entropy.safetensors page.html

      Exit status: 0 done, 64 wrong usage, 65 a model is damaged or takes no square images, 66 a model is missing, \
      71 not enough memory, 73 the page cannot be created or would replace another file, 74 a write failed.
      """, version: Nettrain.version)

  @Argument(
    help: ArgumentHelp(
      "One or two models, - for standard input; then the page, whose name ends in .html, - for standard output.",
      valueName: "file"),
    completion: .file(), transform: Parse.name)
  var files: [String]

  @Option(help: ArgumentHelp("The title of the page. (default: Draw a digit)", valueName: "text"))
  var title = "Draw a digit"

  @Flag(help: "Replace a file that is not a page of nettrain.")
  var force = false

  private var models: ArraySlice<String> { files.dropLast() }

  private var page: String { files[files.count - 1] }

  private var file: OutputFile { OutputFile(page, kind: "a page", force: force) }

  func validate() throws {
    guard (2...3).contains(files.count) else {
      throw ValidationError("give one or two models and then the page, such as model.safetensors page.html")
    }
    guard models.count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("standard input holds one model; name the file of the other")
    }
    let name = page.lowercased()
    guard page == "-" || name.hasSuffix(".html") || name.hasSuffix(".htm") else {
      throw ValidationError("the page comes last; give \(page.shown) a name that ends in .html")
    }
  }

  func run() throws {
    if page != "-" { try file.check(sparing: Array(models), isForeign: PageDocument.isForeign) }
    try checkMemory()
    var described = try models.map { try PageModel(SavedFileInput($0)) }
    LineWriter.writeToStandardError(notes: described.compactMap(\.note))
    // Models of the same name come from several folders.
    if Set(described.map(\.name)).count < described.count {
      for index in described.indices { described[index].name = models[index].shown }
    }
    let bytes = try PageDocument(title: title.shown, models: described).encoded()
    LineWriter.writeToStandardError(notes: PageDocument.note(forBytes: bytes.count).map { [$0] } ?? [])
    if page == "-" {
      try LineWriter.standardOutput.write(String(decoding: bytes.dropLast(), as: UTF8.self))
    } else {
      try file.write(bytes)
    }
  }

  private func checkMemory() throws {
    let outlines = try models.filter { $0 != "-" }.map { try SafetensorsOutline(readingFrom: $0) }
    try MemoryNeed(pageOf: outlines)
      .check(for: models.map(\.shown).joined(separator: ", "), "use smaller models")
  }
}
