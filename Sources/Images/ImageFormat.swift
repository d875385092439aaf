/// The format of an image file, by its first bytes.
public enum ImageFormat: Equatable, Sendable {
  /// Portable Network Graphics.
  case png
  /// A portable grey map, as text or bytes.
  case pgm
  /// A format that is known by name, and not read.
  case other(String)

  /// The format of a file that begins with these bytes; `nil` if it is none that is known.
  public init?(contents bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(16))
    func begins(_ signature: [UInt8], at place: Int = 0) -> Bool { start.dropFirst(place).starts(with: signature) }
    if begins([0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A]) {
      self = .png
    } else if begins(Array("P".utf8)), start.count > 2, " \t\r\n#".utf8.contains(start[2]) {
      switch start[1] {
      case UInt8(ascii: "2"), UInt8(ascii: "5"): self = .pgm
      case UInt8(ascii: "1")...UInt8(ascii: "7"): self = .other("PBM, PPM or PAM")
      default: return nil
      }
    } else if let (_, name) = Self.others.first(where: { begins(Array($0.0.utf8)) }) {
      self = .other(name)
    } else if begins([0xFF, 0xD8, 0xFF]) {
      self = .other("JPEG")
    } else if begins([0x49, 0x49, 0x2A, 0]) || begins([0x4D, 0x4D, 0, 0x2A]) {
      self = .other("TIFF")
    } else if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) {
      self = .other("WebP")
    } else if begins(Array("ftyp".utf8), at: 4) {
      self = .other(begins(Array("avif".utf8), at: 8) ? "AVIF" : "HEIC")
    } else {
      return nil
    }
  }

  private static let others = [
    ("GIF8", "GIF"), ("BM", "BMP"), ("%PDF", "PDF"), ("<svg", "SVG"), ("<?xml", "SVG"), ("%!PS", "PostScript"),
  ]
}
