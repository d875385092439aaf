/// Reads the part of JSON that a header is made of, from text that is known to be UTF-8: objects, texts, and lists of
/// unsigned integers. The caller says what must come next, so nothing nests deeper than it asks for.
///
/// - Source: RFC 8259.
struct JSONReader {
  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// Reads an object; `member` reads the value of each name.
  mutating func readObject(
    _ member: (String, inout JSONReader) throws(SafetensorsFault) -> Void
  ) throws(SafetensorsFault) {
    try expect("{")
    guard !accept("}") else { return }
    repeat {
      let name = try readString()
      try expect(":")
      try member(name, &self)
    } while accept(",")
    try expect("}", orComma: true)
  }

  /// Reads a list of unsigned integers.
  mutating func readIntegers() throws(SafetensorsFault) -> [Int] {
    var integers: [Int] = []
    try expect("[")
    guard !accept("]") else { return integers }
    repeat { integers.append(try readInteger()) } while accept(",")
    try expect("]", orComma: true)
    return integers
  }

  /// Reads a text, with its escapes replaced.
  mutating func readString() throws(SafetensorsFault) -> String {
    try expect("\"")
    var characters: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: characters, as: UTF8.self)
      case UInt8(ascii: "\\"):
        characters += Array(String(try readEscape()).utf8)
      case 0..<0x20:
        throw .controlCharacter(byte, position: filePosition)
      default:
        characters.append(byte)
        position += 1
      }
    }
    throw .headerEnds
  }

  /// Makes sure that spaces are all that is left.
  func expectOnlySpaces() throws(SafetensorsFault) {
    if let stray = text[position...].firstIndex(where: { $0 != UInt8(ascii: " ") }) {
      throw .bytesAfterHeader(position: JSONReader.lengthOfLength + stray)
    }
  }

  // MARK: - Parts

  /// What stands in the file before the text.
  private static let lengthOfLength = 8

  private var filePosition: Int { JSONReader.lengthOfLength + position }

  private func peek() -> UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipWhiteSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  /// Passes a character with the white space before it, if it comes next.
  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipWhiteSpace()
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Passes a character that must come next, or would have to but for a comma.
  private mutating func expect(_ character: Unicode.Scalar, orComma: Bool = false) throws(SafetensorsFault) {
    guard !accept(character) else { return }
    guard peek() != nil else { throw .headerEnds }
    throw .unexpected(position: filePosition, expected: orComma ? ", or \(character)" : String(character))
  }

  /// Reads digits: no sign, point, exponent or leading 0, as in the reference.
  private mutating func readInteger() throws(SafetensorsFault) -> Int {
    skipWhiteSpace()
    let start = filePosition
    var number = 0
    var digits = 0
    while let byte = peek(), let digit = Int(hexadecimalDigit: byte), digit < 10 {
      guard digits == 0 || number > 0 else { throw .unexpected(position: start, expected: "an unsigned integer") }
      let (tenfold, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowsAgain) = tenfold.addingReportingOverflow(digit)
      guard !overflows && !overflowsAgain else { throw .numberTooLarge(position: start) }
      number = sum
      digits += 1
      position += 1
    }
    // What follows a number is its list's: a point or an exponent is refused there.
    guard digits > 0 else {
      throw peek() == nil ? .headerEnds : .unexpected(position: start, expected: "an unsigned integer")
    }
    return number
  }

  private mutating func readEscape() throws(SafetensorsFault) -> Unicode.Scalar {
    let start = filePosition
    position += 1
    guard let byte = peek() else { throw .headerEnds }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw .badEscape(position: start)
    }
    let unit = try readUnit(ofEscapeAt: start)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    // Characters beyond the 65,536 that four digits tell apart stand as two surrogates.
    guard UTF16.isLeadSurrogate(UInt16(unit)), text[position...].starts(with: Array("\\u".utf8)) else {
      throw .loneSurrogate(position: start)
    }
    position += 2
    let trail = try readUnit(ofEscapeAt: start)
    guard UTF16.isTrailSurrogate(UInt16(trail)) else { throw .loneSurrogate(position: start) }
    guard let scalar = Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + trail & 0x3FF) else {
      throw .loneSurrogate(position: start)
    }
    return scalar
  }

  /// Reads the four digits of an escape.
  private mutating func readUnit(ofEscapeAt start: Int) throws(SafetensorsFault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek() else { throw .headerEnds }
      guard let digit = Int(hexadecimalDigit: byte) else { throw .badEscape(position: start) }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }
}

extension Int {
  fileprivate init?(hexadecimalDigit byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self = Int(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self = Int(byte - UInt8(ascii: "A")) + 10
    default: return nil
    }
  }
}

/// A text as it stands in JSON, with no more escapes than must be.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\u{8}": result += "\\b"
    case "\u{C}": result += "\\f"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\0"..<" ": result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
