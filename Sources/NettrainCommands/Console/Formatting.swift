import Files
import Glibc
import Training

/// Numbers as people read them, the same in every locale.
enum Formatting {
  /// A number with a fixed count of decimals.
  static func fixed(_ number: Double, decimals: Int) -> String {
    let power = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let scaled = (number.magnitude * power).rounded()
    guard scaled < 0x1p53 else { return number.isNaN ? "nan" : "\(number)" }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = number < 0 && scaled > 0 ? "-" : ""
    return sign + padded.dropLast(decimals) + (decimals > 0 ? "." : "") + padded.suffix(decimals)
  }

  /// A cost in at most 8 characters: 0.12345, or 1234.568 and 1.2e+150 where that is too long.
  static func cost(_ cost: Double) -> String {
    let digits = (1...5).reversed().lazy.map { fixed(cost, decimals: $0) }.first { $0.count <= 8 }
    return digits ?? scientific(cost).replacing("e", with: "e+")
  }

  /// A number as it may be typed: 3 and not 3.0, 0.1, 1e-300.
  static func plain(_ number: Double) -> String { FieldValue.number(number).description }

  /// The sizes of hidden layers as they may be typed: 30, 100,50 or none.
  static func layers(_ hidden: [Int]) -> String { FieldValue.list(hidden.map { .integer($0) }).description }

  /// A fraction in per cent, with two decimals or another number of them: 92.30 %. 100 % means all, and 0 % none: what lies
  /// between them is not rounded to them.
  static func percentage(_ fraction: Double, decimals: Int = 2) -> String {
    let least = pow(10, Double(-decimals))
    let isBetween = fraction > 0 && fraction < 1
    let number = isBetween ? min(max(100 * fraction, least), 100 - least) : 100 * fraction
    return fixed(number, decimals: decimals) + " %"
  }

  /// A whole number in groups of three: 50,000.
  static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.append(String(digits.suffix(3)))
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups.reversed()).joined(separator: ",")
  }

  /// A duration, in the unit that fits: 0.42 s, 3 min 05 s, 2 h 07 min.
  static func duration(seconds: Double) -> String {
    if seconds < 99.95 { return fixed(seconds, decimals: seconds < 9.995 ? 2 : 1) + " s" }
    // Logs may have any seconds.
    guard seconds < 0x1p53 else { return plain(seconds) + " s" }
    let whole = Int(seconds.rounded())
    func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole % 3600 / 60)) min"
  }

  /// A message in one line of at most 600 bytes. Its end, which holds the remedy, is kept.
  static func oneLine(_ message: String) -> String { message.shown(limit: 600) }

  /// A text as one word of a shell, in which everything can be seen.
  static func shellWord(_ text: String) -> String {
    guard text.shown(limit: .max) == text else {
      // Bash, Z shell and others know this form.
      let escaped = text.unicodeScalars.map { scalar -> String in
        let character = String(scalar)
        guard character.shown == character else {
          return character.fileNameBytes.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
            .joined()
        }
        return character == "\\" || character == "'" ? "\\" + character : character
      }
      return "$'" + escaped.joined() + "'"
    }
    let isPlain = text.wholeMatch(of: /[A-Za-z0-9_.\/+,:@%-]+/) != nil
    return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  /// A number that is not negative, with two digits and its exponent: 1.2e-12.
  static func scientific(_ number: Double) -> String {
    guard number.isFinite, number > 0 else { return number == 0 ? "0" : "\(number)" }
    var exponent = log10(number).rounded(.down)
    // 9.96 would be rounded to 10.0.
    if number / pow(10, exponent) >= 9.95 { exponent += 1 }
    return fixed(number / pow(10, exponent), decimals: 1) + "e\(Int(exponent))"
  }

  /// A number with six decimals, or in scientific notation where those would show little of it.
  static func significant(_ number: Double) -> String {
    number.magnitude >= 1e-3 && number.magnitude < 1e6
      ? fixed(number, decimals: 6) : (number < 0 ? "-" : "") + scientific(number.magnitude)
  }

  /// The lines of a text that is broken at spaces. A word that is wider than a line has a line of its own.
  static func wrapped(_ text: String, width: Int) -> [String] {
    text.split(separator: " ", omittingEmptySubsequences: false).reduce(into: []) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
  }

  /// A text at the left end of a field of some width.
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// A text at the right end of a field of some width.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
