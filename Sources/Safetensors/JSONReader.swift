/// A parser for the subset of JSON that headers use: objects, strings, and arrays of unsigned integers, in text that is
/// known to be UTF-8. The caller names the type of the next value, so the nesting is never deeper than its calls.
///
/// - Source: RFC 8259.
struct JSONReader {
  typealias Fault = SafetensorsError.Code

  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// Reads an object; `member` reads the value that belongs to each name.
  mutating func readObject(_ member: (String, inout JSONReader) throws(Fault) -> Void) throws(Fault) {
    try readElements(from: "{", to: "}") { reader throws(Fault) in
      let name = try reader.readName()
      try reader.expect(":")
      try member(name, &reader)
    }
  }

  /// Reads an array of unsigned integers.
  mutating func readIntegers() throws(Fault) -> [Int] {
    var integers: [Int] = []
    try readElements(from: "[", to: "]") { reader throws(Fault) in integers.append(try reader.readInteger()) }
    return integers
  }

  /// Reads a name, which is a string of at most 256 bytes.
  ///
  /// To compare strings takes a time that grows with the square of the combining marks in them, so the limit keeps the time
  /// for all names of a file in proportion to its length.
  mutating func readName() throws(Fault) -> String {
    skipWhiteSpace()
    let start = filePosition
    let name = try readString()
    guard name.utf8.count <= 256 else { throw .nameTooLong(position: start) }
    return name
  }

  /// Reads a string and replaces its escape sequences.
  mutating func readString() throws(Fault) -> String {
    try expect("\"")
    var characters: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: characters, as: UTF8.self)
      case UInt8(ascii: "\\"):
        characters += try readEscape().utf8
      case 0..<0x20:
        throw .controlCharacter(byte, position: filePosition)
      default:
        characters.append(byte)
        position += 1
      }
    }
    throw .headerEnds
  }

  /// Checks that only spaces are left.
  func expectOnlySpaces() throws(Fault) {
    if let stray = text[position...].firstIndex(where: { $0 != UInt8(ascii: " ") }) {
      throw .bytesAfterHeader(position: Header.lengthOfLength + stray)
    }
  }

  // MARK: - Parts

  private var filePosition: Int { Header.lengthOfLength + position }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipWhiteSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  /// Skips white space, and then this character if it is the next one. Returns `false` if it is not.
  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipWhiteSpace()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Skips white space and this character, which must be the next one. With `orComma`, the error names the comma too,
  /// which the caller has looked for before.
  private mutating func expect(_ character: Unicode.Scalar, orComma: Bool = false) throws(Fault) {
    guard !accept(character) else { return }
    guard next != nil else { throw .headerEnds }
    throw .unexpected(position: filePosition, expected: orComma ? ", or \(character)" : String(character))
  }

  /// Reads elements separated by commas, between two brackets.
  private mutating func readElements(
    from start: Unicode.Scalar, to end: Unicode.Scalar, _ element: (inout JSONReader) throws(Fault) -> Void
  ) throws(Fault) {
    try expect(start)
    guard !accept(end) else { return }
    repeat { try element(&self) } while accept(",")
    try expect(end, orComma: true)
  }

  /// Reads digits: like the reference, without a sign, point, exponent or leading 0.
  private mutating func readInteger() throws(Fault) -> Int {
    skipWhiteSpace()
    guard next != nil else { throw .headerEnds }
    let digits = text[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits.count == 1 || !digits.isEmpty && digits.first != UInt8(ascii: "0") else {
      throw .unexpected(position: filePosition, expected: "an unsigned integer")
    }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw .numberTooLarge(position: filePosition)
    }
    // A point or an exponent is refused by the caller, who expects a comma or a bracket.
    position = digits.endIndex
    return number
  }

  private mutating func readEscape() throws(Fault) -> String {
    let start = filePosition
    position += 1
    guard let byte = next else { throw .headerEnds }
    position += 1
    if let character = escapes[Unicode.Scalar(byte)] { return String(character) }
    guard byte == UInt8(ascii: "u") else { throw .badEscape(position: start) }
    let unit = try readCodeUnit(ofEscapeAt: start)
    guard UTF16.isSurrogate(unit) else { return String(decoding: [unit], as: UTF16.self) }
    // A character above U+FFFF is written as two surrogates.
    guard UTF16.isLeadSurrogate(unit), text[position...].starts(with: "\\u".utf8) else {
      throw .loneSurrogate(position: start)
    }
    position += 2
    let trail = try readCodeUnit(ofEscapeAt: start)
    guard UTF16.isTrailSurrogate(trail) else { throw .loneSurrogate(position: start) }
    return String(decoding: [unit, trail], as: UTF16.self)
  }

  /// Reads the four hexadecimal digits of an escape sequence.
  private mutating func readCodeUnit(ofEscapeAt start: Int) throws(Fault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next else { throw .headerEnds }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .badEscape(position: start) }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

/// The characters that have an escape sequence of two characters, by the second one.
private let escapes: [Unicode.Scalar: Unicode.Scalar] = [
  "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
]

/// A JSON string in which only the characters are escaped that must be.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    if scalar != "/", let escape = escapes.first(where: { $0.value == scalar }) {
      result += "\\\(escape.key)"
    } else if scalar < " " {
      result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
