/// Checks of a JSON text that Foundation's decoder does not make.
///
/// - Strings are short. To compare strings takes a time that grows with the square of the combining marks in them; the names
///   of our files and choices are shorter.
/// - Numbers have the form of RFC 8259, strings have no control characters, no comma stands before a bracket, and
///   no key stands twice in an object. The decoder looks only at those values that it is asked for, and a text with such a
///   fault is a damaged one.
struct JSONCheck {
  private let bytes: [UInt8]
  private var place = 0
  /// The keys of the objects that are open, and none for each array.
  private var keys: [Set<ArraySlice<UInt8>>] = []

  /// True for a text in that form whose keys have at most 256 bytes, and whose strings have at most 16,384 bytes that are
  /// not ASCII; an escape sequence counts as four.
  static func passes(_ bytes: [UInt8]) -> Bool {
    var check = JSONCheck(bytes: bytes)
    return check.passes()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func passes() -> Bool {
    var (last, isAfterComma) = (bytes[..<0], false)
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = string() else { return false }
        last = string
      case UInt8(ascii: ":"):
        guard last.count <= 256, !keys.isEmpty, keys[keys.count - 1].insert(last).inserted else { return false }
        place += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        keys.append([])
        place += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if isAfterComma || keys.popLast() == nil { return false }
        place += 1
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard isNumber() else { return false }
      default: place += 1
      }
      if byte > UInt8(ascii: " ") { isAfterComma = byte == UInt8(ascii: ",") }
    }
    return true
  }

  /// Passes a string and its quotation marks; `nil` if it is too long, or not one.
  private mutating func string() -> ArraySlice<UInt8>? {
    var (special, isEscaped) = (0, false)
    place += 1
    let start = place
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") && !isEscaped { return bytes[start..<place - 1] }
      if byte < 0x20 { return nil }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      special += isEscaped ? 4 : byte >= 0x80 ? 1 : 0
      if special > 16_384 { return nil }
    }
    return nil
  }

  /// Passes all that can belong to a number: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
  private mutating func isNumber() -> Bool {
    accept("-")
    let start = place
    let count = acceptDigits()
    guard count == 1 || count > 1 && bytes[start] != UInt8(ascii: "0") else { return false }
    if accept("."), acceptDigits() == 0 { return false }
    if accept("eE") {
      accept("+-")
      if acceptDigits() == 0 { return false }
    }
    return !accept("+-.eE0123456789")
  }

  /// Passes the next byte if it is one of these.
  @discardableResult private mutating func accept(_ characters: String) -> Bool {
    guard place < bytes.count, characters.utf8.contains(bytes[place]) else { return false }
    place += 1
    return true
  }

  private mutating func acceptDigits() -> Int {
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
    return place - start
  }
}
