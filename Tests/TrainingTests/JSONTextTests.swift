import FoundationEssentials
import Testing

@testable import Training

@Suite("JSON from files") struct JSONTextTests {
  private struct Number: Codable, Equatable {
    @ExactInteger var value: UInt64 = 0
  }

  @Test("whole numbers are numbers up to 2⁵³ and strings beyond, and either is read")
  func exactIntegers() throws {
    for (number, text) in [
      (0, "0"), (1 << 53, "9007199254740992"), (1 << 53 + 1, #""9007199254740993""#),
      (.max, #""18446744073709551615""#),
    ] as [(UInt64, String)] {
      let json = JSONText.encode(Number(value: number))
      #expect(json == #"{"value":\#(text)}"#)
      #expect(JSONText.encode(FieldValue.unsigned(number)) == text)
      for text in ["\(number)", "\"\(number)\""] {
        #expect(try JSONText.decode(Number.self, from: #"{"value":\#(text)}"#).value == number)
      }
    }
    for text in ["-1", "1.5", #""x""#, #""""#, #""-1""#, "null", "18446744073709551616"] {
      #expect(throws: (any Error).self, "\(text)") {
        try JSONText.decode(Number.self, from: #"{"value":\#(text)}"#)
      }
    }
  }

  @Test("damage in values that nobody asks for is noticed")
  func unusedValues() throws {
    struct Used: Decodable { var a: Int }
    func isRead(_ value: String) -> Bool { (try? JSONText.decode(Used.self, from: #"{"a":1,"b":\#(value)}"#)) != nil }
    for value in ["0", "-0", "10", "1.5", "1e5", "1.25E-07", "-1e+9", "[]", "[1 , 2]", "{}", #""1-1,]""#, "null"] {
      #expect(isRead(value), "\(value)")
    }
    for value in [
      "\"\t\"", #"{"c":1,"c":2}"#, #"1,"a":2"#, #"1,"b":2"#, "6-06", "0.5.1", "01", "1.", "1e", "-", "1e+", "--1", "+1",
      "[1,]", "[1, ]", #"{"c":1,}"#,
    ] {
      #expect(!isRead(value), "\(value)")
    }
  }

  @Test("keys of more than 256 bytes are refused, and strings of more than 16,384 that are not ASCII")
  func longStrings() throws {
    func decode(_ json: String) throws -> [String: String] { try JSONText.decode([String: String].self, from: json) }
    let marks = String(repeating: "\u{301}\u{323}", count: 64)
    #expect(try decode(#"{"\#(marks)":"a" , "b" :"\"\\"}"#)["b"] == #""\"#)
    for json in [
      #"{"\#(marks)x":"a"}"#, #"{"a":"b","\#(marks)x" : "a"}"#, #"{"a":"\\","\#(marks)\"":"a"}"#,
      #"{"a":"\#(String(repeating: "\u{301}", count: 8193))"}"#,
      #"{"a":"\#(String(repeating: #"\u0301"#, count: 4097))"}"#,
    ] {
      #expect(throws: DecodingError.self) { try decode(json) }
    }
    for text in [
      String(repeating: "\u{301}", count: 8192), String(repeating: #"\u0301"#, count: 4096),
      String(repeating: "x", count: 1_000_000),
    ] {
      #expect(try decode(#"{"a":"\#(text)"}"#).count == 1)
    }
  }

  @Test("a long text of the metadata is no word that could be meant")
  func words() {
    #expect(["a": "sigmoid"].word("a") == "sigmoid")
    #expect(["a": "sigmoid"].word("b") == nil)
    #expect(["a": "sigmoid" + String(repeating: "\u{301}", count: 100_000)].word("a")?.utf8.count == 256 + 2)
  }
}
