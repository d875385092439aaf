import Datasets
import FoundationEssentials

/// Texts as parts of a web page.
enum HTML {
  /// A text between tags or in a quoted attribute, as it is.
  static func exact(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }

  /// A text for a person, in which what cannot be seen is escaped.
  static func text(_ text: String) -> String { exact(text.shown(limit: .max)) }

  /// A number with the sign of mathematics.
  static func number(_ number: String) -> String { number.replacing("-", with: "−") }

  /// The policy of a page that loads nothing, runs no script and has one style element.
  /// - Parameter style: The text of the style element, exactly.
  /// - Returns: The content of the meta element that sets it.
  /// - Source: Content Security Policy Level 3, W3C.
  static func policy(style: String) -> String {
    let hexadecimal = Array(SHA256Digest.hexadecimal(of: Array(style.utf8)))
    let digest = stride(from: 0, to: hexadecimal.count, by: 2).compactMap {
      UInt8(String(hexadecimal[$0...$0 + 1]), radix: 16)
    }
    let hash = Data(digest).base64EncodedString()
    return "default-src 'none'; img-src data:; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'"
  }
}
