import Files
import Testing

@testable import NettrainCommands

@Suite("Formatting") struct FormattingTests {
  @Test("numbers have a fixed count of decimals, rounded to the nearest, in every locale")
  func fixed() {
    #expect(Formatting.fixed(1.005, decimals: 1) == "1.0")
    #expect(Formatting.fixed(-0.126, decimals: 2) == "-0.13")
    #expect(Formatting.fixed(-0.001, decimals: 2) == "0.00")
    #expect(Formatting.fixed(12, decimals: 0) == "12")
    #expect(Formatting.fixed(.nan, decimals: 2) == "nan")
  }

  @Test("costs keep to eight characters")
  func costs() {
    #expect(Formatting.cost(0.123456) == "0.12346")
    #expect(Formatting.cost(1234.56789) == "1234.568")
    #expect(Formatting.cost(99.999999) == "100.0000")
    #expect(Formatting.cost(999_999.96) == "1.0e+6")
    #expect(Formatting.cost(1.23456789e150) == "1.2e+150")
    #expect(Formatting.cost(.infinity) == "inf")
  }

  @Test("100 % means all and 0 % none; all else is rounded to the nearest")
  func percentages() {
    for (count, total, text) in [
      (0, 30_000, "0.00 %"), (1, 30_000, "0.01 %"), (29_999, 30_000, "99.99 %"), (30_000, 30_000, "100.00 %"),
      (1, 3, "33.33 %"), (2, 3, "66.67 %"), (999, 1000, "99.90 %"), (1, 1 << 53, "0.01 %"),
      (1 << 53 - 1, 1 << 53, "99.99 %"),
    ] {
      #expect(Formatting.percentage(Double(count) / Double(total)) == text)
    }
    #expect(
      [0, 0.001, 0.194, 0.999, 1].map { Formatting.percentage($0, decimals: 0) } == [
        "0 %", "1 %", "19 %", "99 %", "100 %",
      ])
    #expect(Formatting.percentage(.nan) == "nan %")
  }

  @Test("a text is broken at spaces, and a long word is left whole")
  func wrapped() {
    #expect(Formatting.wrapped("one two three", width: 7) == ["one two", "three"])
    #expect(Formatting.wrapped("one two three", width: 13) == ["one two three"])
    #expect(Formatting.wrapped("a verylongword b", width: 5) == ["a", "verylongword", "b"])
    #expect(Formatting.wrapped("", width: 5) == [""])
  }

  @Test("durations are in the unit that fits")
  func durations() {
    #expect(Formatting.duration(seconds: 0.424) == "0.42 s")
    #expect(Formatting.duration(seconds: 42.42) == "42.4 s")
    #expect(Formatting.duration(seconds: 185) == "3 min 05 s")
    #expect(Formatting.duration(seconds: 7620) == "2 h 07 min")
    #expect(Formatting.duration(seconds: 1.5e300) == "1.5e+300 s")
  }

  @Test("whole numbers are grouped by three")
  func groups() {
    #expect(
      [0, 999, 1000, 50_000, -1_234_567].map(Formatting.grouped) == ["0", "999", "1,000", "50,000", "-1,234,567"])
  }

  @Test("a name is one word of a shell")
  func shellWords() {
    #expect(Formatting.shellWord("run.ck") == "run.ck")
    #expect(Formatting.shellWord("a file") == "'a file'")
    #expect(Formatting.shellWord("it's") == #"'it'\''s'"#)
    #expect(Formatting.shellWord("") == "''")
    #expect(Formatting.shellWord("a\u{202E}b\n") == #"$'a\xE2\x80\xAEb\x0A'"#)
    #expect(Formatting.shellWord(String(fileName: Array("it's ".utf8) + [0xE9])) == #"$'it\'s \xE9'"#)
    #expect(Formatting.shellWord("a\n1\\") == #"$'a\x0A1\\'"#, "a word has one line")
  }

  @Test("a message is one line of at most 600 bytes, whose remedy is kept")
  func oneLine() {
    #expect(Formatting.oneLine("a\nb\u{1B}[31m\u{2028}é") == #"a\nb\u{1B}[31m\u{2028}é"#)
    let line = Formatting.oneLine("a" + String(repeating: "\u{301}", count: 1_000_000) + ": missing; check the name")
    #expect(line.utf8.count <= 603)
    #expect(line.hasSuffix(": missing; check the name"))
  }
}
