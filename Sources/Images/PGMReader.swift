import Memory

/// Reads portable grey maps: `P2`, numbers as text, and `P5`, bytes or pairs of them.
///
///     P5 width height greatest ⏎ pixels        comments from # to the end of a line
///
/// - Source: the manual page pgm(5) of Netpbm.
struct PGMReader {
  private let bytes: [UInt8]
  private var place = 2

  /// The image in the contents of a file.
  static func read(_ bytes: [UInt8]) throws(ImageError) -> GreyImage {
    var reader = PGMReader(bytes: bytes)
    return try reader.image()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func image() throws(ImageError) -> GreyImage {
    let (width, height, greatest) = (try number(), try number(), try number())
    guard (1...65535).contains(greatest) else { throw .damaged("its greatest value is \(greatest)") }
    try GreyImage.check(width: width, height: height)
    let count = width * height
    let isText = bytes[1] == UInt8(ascii: "2")
    let size = greatest > 255 ? 2 : 1
    if !isText { place += 1 }
    // Each number of text has a space before it.
    guard bytes.count - place >= (isText ? 2 : size) * count else { throw .truncated }
    do {
      try Memory.check(use: count)
    } catch {
      throw .notEnoughMemory(error)
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count)
    for _ in 0..<count {
      let value = isText ? try number() : raw(size)
      guard value <= greatest else { throw .damaged("a pixel of \(value) is above the greatest value, \(greatest)") }
      pixels.append(UInt8((value * 255 + greatest / 2) / greatest))
    }
    guard bytes[place...].allSatisfy({ " \t\r\n".utf8.contains($0) }) else {
      throw .damaged("bytes follow its last pixel")
    }
    return GreyImage(width: width, height: height, pixels: pixels)
  }

  /// The next pixel of one or two bytes.
  private mutating func raw(_ size: Int) -> Int {
    defer { place += size }
    return bytes[place..<place + size].reduce(0) { $0 << 8 | Int($1) }
  }

  /// The next number of the header or of a text, after spaces and comments.
  private mutating func number() throws(ImageError) -> Int {
    while place < bytes.count, " \t\r\n#".utf8.contains(bytes[place]) {
      if bytes[place] == UInt8(ascii: "#") {
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
      } else {
        place += 1
      }
    }
    guard place < bytes.count else { throw .truncated }
    var number = 0
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      guard place - start < 9 else { throw .damaged("a number has more than nine digits") }
      number = 10 * number + Int(bytes[place] - UInt8(ascii: "0"))
      place += 1
    }
    guard place > start else { throw .damaged("a number is missing") }
    return number
  }
}
