import Files
import FoundationEssentials

/// A page on which digits are drawn and read by models: one HTML file that loads nothing.
struct PageDocument: Encodable {
  /// The title.
  let title: String
  /// The models, side by side.
  let models: [PageModel]

  /// The files in `Resources` as the page has them, up to the data of the models and from there on.
  private static var parts: (head: String, tail: String) {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let scripts = [
      PackageResources.network_js, PackageResources.background_js, PackageResources.preparation_js,
      PackageResources.drawing_js, PackageResources.answer_js, PackageResources.main_js,
    ]
    let page = text(PackageResources.page_html).replacing("@version@", with: Nettrain.version)
      .replacing("@style@", with: text(PackageResources.page_css))
      .replacing("@script@", with: "'use strict';\n\n" + scripts.map(text).joined(separator: "\n"))
    let parts = page.split(separator: "@models@", maxSplits: 1).map(String.init)
    return (parts[0], parts[1])
  }

  /// The bytes of the file.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(self)
    let (head, tail) = Self.parts
    var bytes = Array(head.utf8)
    bytes.reserveCapacity(bytes.count + data.count + data.count / 100 + tail.utf8.count)
    // A text of the data could otherwise end the element that they are in.
    for byte in data {
      if byte == UInt8(ascii: "<") { bytes += Array(#"\u003c"#.utf8) } else { bytes.append(byte) }
    }
    return bytes + Array(tail.utf8)
  }

  /// A note about a page that is too large for browsers: a text of Chromium has at most 2²⁹ bytes.
  static func note(forBytes count: Int) -> String? {
    guard count >= 1 << 29 else { return nil }
    return "the page has \(count / 1_000_000) MB, and browsers may not open one of more than 536 MB; "
      + "use smaller models, or --precision single"
  }

  /// Whether there is something other than a page of nettrain at a path, by its beginning.
  static func isForeign(_ path: String) -> Bool {
    guard let file = try? ReadableFile(path), file.byteCount > 0 else { return false }
    let start = PackageResources.page_html.prefix { $0 != UInt8(ascii: "@") }
    guard file.byteCount >= start.count, let bytes = try? file.read(start.count) else { return true }
    return bytes != Array(start)
  }
}
