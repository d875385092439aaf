import Files
import Testing

@Suite("Texts for people") struct ShownTextTests {
  @Test("what controls a terminal, is private or unassigned is escaped, and so is a byte that is no text")
  func escapes() {
    for (text, shown) in [
      ("a\nb\u{1B}[31m\u{9B}", #"a\nb\u{1B}[31m\u{009B}"#),
      ("\u{202E}\u{2066}\u{FEFF}\u{AD}", #"\u{202E}\u{2066}\u{FEFF}\u{00AD}"#),
      ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#), ("\u{E000}\u{F0000}\u{378}", #"\u{E000}\u{000F0000}\u{0378}"#),
      ("é日e\u{301} 🙂", "é日e\u{301} 🙂"), (String(fileName: [0x6C, 0xE9, 0xFF]), #"l\xE9\xFF"#),
      (#"it's a \ "name""#, #"it's a \ "name""#),
    ] {
      #expect(text.shown.utf8.elementsEqual(shown.utf8), "\(text.shown)")
      #expect(shown.shown.utf8.elementsEqual(shown.utf8))
    }
  }

  @Test("a text takes at most its limit in bytes, and keeps its beginning and its end")
  func limit() {
    let marks = "a" + String(repeating: "\u{301}\u{323}", count: 500_000)
    for text in [marks, String(repeating: "x", count: 1000), String(repeating: "\u{202E}", count: 1000)] {
      for limit in [10, 199, 200, 1000] {
        let shown = text.shown(limit: limit)
        #expect(shown.utf8.count <= limit + "…".utf8.count)
        #expect(shown.utf8.count > limit - 20)
      }
    }
    #expect("abcdefgh".shown(limit: 4) == "ab…gh")
    #expect("abcd".shown(limit: 4) == "abcd")
    #expect("abc".shown(limit: 3) == "abc")
  }
}
