import Files
import SystemPackage

/// A file for a picture, in the form that its name says.
struct PictureFile {
  /// The forms of pictures.
  enum Kind: String {
    case svg
    case png
    case pdf
  }

  let kind: Kind
  private let file: OutputFile

  /// Checks that a picture can be written to a file.
  /// - Parameters:
  ///   - path: The file.
  ///   - option: The option that names it.
  ///   - force: Whether it may replace a file that is no picture of nettrain.
  ///   - others: The files that the command reads, and those that it writes besides.
  /// - Throws: A failure, if the name says no form, or the file must not or cannot be replaced.
  init(_ path: String, option: String, force: Bool, sparing others: [String] = []) throws {
    guard let kind = path.split(separator: ".").last.flatMap({ Kind(rawValue: $0.lowercased()) }) else {
      throw Failure(.usage, "\(option) \(path.shown): give a name that ends in .svg, .png or .pdf")
    }
    self.kind = kind
    file = OutputFile(path, option: option, kind: "a picture", force: force)
    try file.check(sparing: others, isForeign: isForeign)
  }

  /// Whether there is something else than a picture of nettrain.
  private func isForeign(_ path: String) -> Bool {
    guard let status = try? Stat(FilePath(name: path)), status.type == .regular, status.size > 0 else { return false }
    guard let file = try? ReadableFile(path), let start = try? file.read(min(file.byteCount, 200)) else { return true }
    return start.firstRange(of: mark) == nil
  }

  /// Bytes near the beginning of each picture that nettrain writes.
  private var mark: [UInt8] {
    switch kind {
    case .svg: Array("<!-- Written by nettrain. -->\n".utf8)
    case .png:
      // A chunk of type tEXt: its length, the type, the text, and the CRC of the two.
      [0, 0, 0, 17] + Array("tEXtSoftware\0nettrain".utf8) + [0x3E, 0xA0, 0x51, 0xF5]
    case .pdf:
      // The second line of a PDF is a comment of bytes above 127, which tell it from text; ours has the letters of nett.
      [UInt8(ascii: "%")] + "nett".utf8.map { $0 | 0x80 } + [UInt8(ascii: "\n")]
    }
  }

  /// Writes a picture that gnuplot has drawn.
  func write(_ picture: [UInt8]) throws {
    var picture = picture
    switch kind {
    case .svg:
      // Images keep their pixels when they are enlarged.
      let text = String(decoding: picture, as: UTF8.self)
        .replacing("<image ", with: "<image style='image-rendering:pixelated' ")
        .replacing("<title>Gnuplot</title>", with: "<title>nettrain</title>")
      picture = Array(text.utf8)
      if let end = picture.firstIndex(of: UInt8(ascii: "\n")) { picture.insert(contentsOf: mark, at: end + 1) }
    case .png:
      // The signature and the first chunk, IHDR, come before others.
      picture.insert(contentsOf: mark, at: min(33, picture.count))
    case .pdf:
      // The file has the offsets of its parts, so the comment keeps its length.
      if let start = picture.firstIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 }),
        let end = picture[start...].firstIndex(of: UInt8(ascii: "\n")), end + 1 - start == mark.count,
        picture[start] == mark[0]
      {
        picture.replaceSubrange(start...end, with: mark)
      }
    }
    try file.write(picture)
  }
}
