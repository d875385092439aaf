/// Texts that come from names, files or arguments, as a person sees them.
extension String {
  /// The text for one line of a terminal: nothing in it controls the terminal, and it takes at most `limit` bytes. Of a
  /// longer text the middle is left out.
  ///
  /// Escaped are the characters of Unicode's category C (controls, formats such as those of text direction, private,
  /// unassigned), the separators of lines and paragraphs, and bytes of names that are not text. An escaped text stays as
  /// it is. The work depends on `limit` alone.
  public func shown(limit: Int) -> String {
    var rest = unicodeScalars[...]
    var (start, end): (String, [String]) = ("", [])
    var room = limit / 2
    while let text = rest.first?.shown, text.utf8.count <= room {
      start += text
      room -= text.utf8.count
      rest.removeFirst()
    }
    room += limit - limit / 2
    while let text = rest.last?.shown, text.utf8.count <= room {
      end.append(text)
      room -= text.utf8.count
      rest.removeLast()
    }
    return start + (rest.isEmpty ? "" : "…") + end.reversed().joined()
  }

  /// The text as a part of a line for a person, in at most 200 bytes.
  public var shown: String { shown(limit: 200) }

  /// The name as text for other programs: a byte that is not text is written as `\xE9`.
  public var fileNameText: String {
    unicodeScalars.contains(where: \.isCodedByte)
      ? unicodeScalars.map { $0.isCodedByte ? $0.shown : String($0) }.joined() : self
  }
}

extension Unicode.Scalar {
  /// The scalar, escaped if a terminal would not show it as itself.
  fileprivate var shown: String {
    if isCodedByte { return "\\x" + String(value & 0xFF, radix: 16, uppercase: true) }
    return switch properties.generalCategory {
    case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
      escaped(asASCII: true)
    default: String(self)
    }
  }
}
