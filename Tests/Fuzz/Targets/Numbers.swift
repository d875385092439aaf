extension FuzzTarget {
  /// True for inputs that are text with numbers, which fuzzing changes as a whole.
  package var hasNumbers: Bool {
    switch self {
    case .gzip, .idx, .folder, .png: false
    default: true
    }
  }
}

/// The input with one of its numbers replaced, which follows from a seed; `nil` if it has none.
package func withAnotherNumber(_ input: [UInt8], seed: Int) -> [UInt8]? {
  func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  /// Digits behind these are parts of a digest, a name or a number.
  func isInside(_ byte: UInt8) -> Bool {
    let character = Character(Unicode.Scalar(byte))
    return isDigit(byte) || character == "." || character.isLetter
  }
  let starts = input.indices.filter { isDigit(input[$0]) && ($0 == 0 || !isInside(input[$0 - 1])) }
  guard !starts.isEmpty else { return nil }
  let start = starts[seed % starts.count]
  let end = input[start...].firstIndex { !isDigit($0) } ?? input.endIndex
  let number = numbers[seed / starts.count % numbers.count]
  return Array(input[..<start] + Array(number.utf8) + input[end...])
}

/// Numbers at the edges of types and ranges.
private let numbers = [
  "0", "1", "2", "-1", "255", "256", "10000", "65536", "2147483647", "2147483648", "4294967296", "9007199254740992",
  "9007199254740993", "4611686018427387904", "9223372036854775807", "9223372036854775808", "18446744073709551615",
  "18446744073709551616", "0.5", "1e-320", "1e19", "1e150", "1e308", "1e400", "null", "\"9\"", "[]",
]
