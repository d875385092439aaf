import Files
import Foundation
import Safetensors
import TestSupport
import Testing

@Suite("Faults of safetensors files") struct FaultTests {
  private func entry(_ members: String, data: [UInt8] = [7]) -> SafetensorsError.Code? {
    fault(file(#"{"t":{\#(members)}}"#, data: data))
  }

  private func tensor(shape: String, offsets: String = "[0,1]", dtype: String = "U8") -> SafetensorsError.Code? {
    entry(#""dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)"#)
  }

  @Test("a header longer than the format's limit or than the file is refused")
  func length() {
    #expect(fault([0, 0, 0, 0, 1, 0, 0, 0] + Array(repeating: 0, count: 12)) == .headerTooLong(1 << 32))
    #expect(fault(Array(repeating: 0xFF, count: 20)) == .headerTooLong(.max))
    #expect(fault([0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0]) == .headerTooLong(100_000_001))
    #expect(fault([0x00, 0xE1, 0xF5, 0x05, 0, 0, 0, 0]) == .truncatedHeader(expected: 100_000_000, found: 0))
    #expect(fault([3, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8)) == .truncatedHeader(expected: 3, found: 2))
  }

  @Test("a header begins with a brace, and only spaces follow its last one")
  func surroundings() {
    #expect(fault(file("")) == .emptyHeader)
    #expect(fault(file(" {}")) == .headerStart(0x20))
    #expect(fault(file("\u{FEFF}{}")) == .headerStart(0xEF))
    #expect(fault(file("[]")) == .headerStart(UInt8(ascii: "[")))
    #expect(fault(file("{}  ")) == nil)
    for stray in ["\n", "\t", "\r", "\0", "}", ",", "{}"] {
      #expect(fault(file("{} \(stray) ")) == .bytesAfterHeader(position: 11))
    }
  }

  @Test("a header that is not UTF-8 is refused: overlong forms, surrogates, cut sequences, numbers beyond Unicode")
  func encoding() {
    let sequences: [[UInt8]] = [
      [0x80], [0xC3], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ]
    for sequence in sequences {
      let text = Array(#"{"__metadata__":{"a":""#.utf8) + sequence + Array(#""}}"#.utf8)
      #expect(fault(file(text)) == .headerNotUTF8, "\(sequence)")
    }
  }

  @Test("a header that ends too early is refused wherever it ends")
  func ends() {
    let whole = #"{"__metadata__":{"a":"\u00e9\n"},"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#
    #expect(fault(whole) == nil)
    for count in 1..<whole.count {
      #expect(fault(String(whole.prefix(count))) == .headerEnds, "\(whole.prefix(count))")
    }
  }

  @Test("text that the grammar does not allow is refused, with its position")
  func grammar() {
    for (text, position, expected) in [
      (#"{t:1}"#, 9, "\""), (#"{"t";1}"#, 12, ":"), (#"{"t":null}"#, 13, "{"), (#"{"t":["U8",[1],[0,1]]}"#, 13, "{"),
      (#"{"__metadata__":null}"#, 24, "{"), (#"{"__metadata__":{"a":1}}"#, 29, "\""),
      (#"{"__metadata__":{"a":null}}"#, 29, "\""), (#"{"__metadata__":{"a":"b"]}"#, 32, ", or }"),
      (#"{"__metadata__":{"a":"b",}}"#, 33, "\""), (#"{"__metadata__":{},}"#, 27, "\""), (#"{,}"#, 9, "\""),
      (#"{"t":{"dtype":8}}"#, 22, "\""), (#"{"t":{"shape":1}}"#, 22, "["), (#"{"t":{"shape":null}}"#, 22, "["),
      (#"{"t":{"shape":[1 2]}}"#, 25, ", or ]"),
    ] {
      #expect(fault(text) == .unexpected(position: position, expected: expected), "\(text)")
    }
  }

  @Test("a size has digits only, no leading zero, and fits in 63 bits")
  func numbers() {
    let position = 8 + #"{"t":{"dtype":"U8","shape":["#.utf8.count
    for text in ["-1", "+1", "-0", "01", "00", ".5", "\"1\"", "true", "[1]", ",1", "null", "{}"] {
      let fault = SafetensorsError.Code.unexpected(position: position, expected: "an unsigned integer")
      #expect(tensor(shape: "[\(text)]") == fault, "\(text)")
      #expect(tensor(shape: "[\(text)") == fault, "\(text)")
    }
    #expect(tensor(shape: "[1,]") == .unexpected(position: position + 2, expected: "an unsigned integer"))
    #expect(tensor(shape: "[]]") == .unexpected(position: position + 1, expected: ", or }"))
    for text in ["[1.0]", "[1.]", "[1e0]", "[1E0]", "[1x]", "[0x1]"] {
      #expect(tensor(shape: text) == .unexpected(position: position + 1, expected: ", or ]"), "\(text)")
    }
    for text in ["[9223372036854775808]", "[18446744073709551616]", "[99999999999999999999999999]"] {
      #expect(tensor(shape: text) == .numberTooLarge(position: position))
    }
    #expect(tensor(shape: "[9223372036854775807]") == .shapeOverflow("t", shape: [.max]))
  }

  @Test("a string with a control character, an unknown escape or half a surrogate pair is refused")
  func texts() {
    let start = 8 + #"{"__metadata__":{"a":""#.utf8.count
    func text(_ text: String) -> SafetensorsError.Code? { fault(file(#"{"__metadata__":{"a":"\#(text)"}}"#)) }
    for byte in 0..<0x20 as Range<UInt8> {
      #expect(text(String(Unicode.Scalar(byte))) == .controlCharacter(byte, position: start))
    }
    for escape in [#"\a"#, #"\U0041"#, #"\'"#, #"\x41"#, #"\u00g0"#, #"\u+041"#, #"\u004"#, "\\\n", #"\ud83d\u12"#] {
      #expect(text(escape) == .badEscape(position: start), "\(escape)")
    }
    for escape in [
      #"\ud83d"#, #"\ude42"#, #"\ude42\ude42"#, #"\ude42\ud83d"#, #"\ud83dx"#, #"\ud83d\n"#, #"\ud83d\u0041"#,
      #"\uDBFF\uDBFF"#,
    ] {
      #expect(text(escape) == .loneSurrogate(position: start), "\(escape)")
    }
    for escape in [#"\"\\\/\b\f\n\r\t"#, #"\u0000\uFFFF"#, #"\ud800\udc00\uDBFF\uDFFF"#, "\u{7F}\u{10FFFF}"] {
      #expect(text(escape) == nil, "\(escape)")
    }
  }

  @Test("empty and duplicate names are refused")
  func names() {
    let members = #"{"dtype":"U8","shape":[1],"data_offsets":[0,1]}"#
    #expect(fault(header(ofTensor: #""""#)) == .emptyName)
    #expect(fault(#"{"t":\#(members),"\u0074":\#(members)}"#) == .duplicateName("t"))
    #expect(fault(#"{"__metadata__":{},"__metadata__":{}}"#) == .duplicateName("__metadata__"))
    #expect(fault(#"{"__metadata__":{"a":"1","b":"","a":"1"}}"#) == .duplicateMetadataKey("a"))
    // The composed and the decomposed form of one letter.
    #expect(fault(#"{"é":\#(members),"e\u0301":\#(members)}"#) == .duplicateName("é"))
  }

  @Test("names, keys and types have at most 256 bytes, whatever characters they are")
  func longNames() {
    let marks = String(repeating: "\u{301}\u{323}", count: 64)
    #expect(fault(header(ofTensor: "\"\(marks)\"")) == nil)
    for name in [marks + "x", String(repeating: "\u{301}\u{323}", count: 80_000)] {
      #expect(fault(header(ofTensor: " \"\(name)\"")) == .nameTooLong(position: 10))
      #expect(fault(file(#"{"__metadata__":{"\#(name)":"a"}}"#)) == .nameTooLong(position: 25))
      #expect(tensor(shape: "[1]", dtype: name) == .nameTooLong(position: 22))
      #expect(entry("\"\(name)\":1") == .nameTooLong(position: 14))
      #expect(fault(file(#"{"__metadata__":{"a":"\#(name)"}}"#)) == nil)
    }
    let escaped = String(repeating: #"\u0301"#, count: 128)
    #expect(fault(header(ofTensor: "\"\(escaped)\"")) == nil)
    #expect(fault(header(ofTensor: "\"\(escaped)x\"")) == .nameTooLong(position: 9))
  }

  @Test("a tensor has a known type, a shape and two offsets, each once, and no other keys")
  func keys() {
    #expect(entry("") == .missingKey("dtype", of: "t"))
    #expect(entry(#""dtype":"U8","data_offsets":[0,1]"#) == .missingKey("shape", of: "t"))
    #expect(entry(#""dtype":"U8","shape":[1]"#) == .missingKey("data_offsets", of: "t"))
    #expect(entry(#""dtype":"U8","shape":[1],"dtype":"U8""#) == .duplicateKey("dtype", of: "t"))
    #expect(entry(#""dtype":"U8","Shape":[1]"#) == .unknownKey("Shape", of: "t"))
    for dtype in ["u8", "", "U128", "U8 ", "float64"] {
      #expect(tensor(shape: "[1]", dtype: dtype) == .unknownDType(dtype, of: "t"))
    }
    for (offsets, count) in [("[]", 0), ("[0]", 1), ("[0,1,1]", 3)] {
      #expect(tensor(shape: "[1]", offsets: offsets) == .wrongOffsetCount(count, of: "t"))
    }
  }

  @Test("a tensor has as many bytes as its shape says, a whole number without overflow")
  func sizes() {
    #expect(tensor(shape: "[1,1,1]") == nil)
    #expect(tensor(shape: "[]") == nil)
    #expect(tensor(shape: "[2]") == .wrongSize("t", expected: 2, found: 1))
    #expect(tensor(shape: "[0]") == .wrongSize("t", expected: 0, found: 1))
    #expect(tensor(shape: "[1]", dtype: "F64") == .wrongSize("t", expected: 8, found: 1))
    #expect(tensor(shape: "[2]", dtype: "F4") == nil)
    #expect(tensor(shape: "[3]", dtype: "F4") == .partialByte("t", .float4, shape: [3]))
    #expect(tensor(shape: "[2]", dtype: "F6_E2M3") == .partialByte("t", .float6E2M3, shape: [2]))
    let half = 1 << 32
    #expect(tensor(shape: "[\(half),\(half)]") == .shapeOverflow("t", shape: [half, half]))
    #expect(tensor(shape: "[\(half),\(half),0]") == .shapeOverflow("t", shape: [half, half, 0]))
    // The number of elements is 0 before the size of one could make it overflow.
    #expect(tensor(shape: "[\(1 << 62),0]") == .wrongSize("t", expected: 0, found: 1))
    #expect(tensor(shape: "[\(1 << 61)]") == .shapeOverflow("t", shape: [1 << 61]))
  }

  @Test("the tensors' data lies end to end and fills the file")
  func places() {
    func two(_ first: String, _ second: String) -> SafetensorsError.Code? {
      fault(
        file(
          #"{"a":{"dtype":"U8","shape":[2],"data_offsets":\#(first)},"#
            + #""b":{"dtype":"U8","shape":[2],"data_offsets":\#(second)}}"#, data: [1, 2, 3, 4]))
    }
    #expect(two("[0,2]", "[2,4]") == nil)
    #expect(two("[2,4]", "[0,2]") == nil)
    #expect(two("[0,2]", "[0,2]") == .misplaced("b", expected: 2, found: 0))
    #expect(two("[0,2]", "[1,3]") == .misplaced("b", expected: 2, found: 1))
    #expect(two("[0,2]", "[3,5]") == .misplaced("b", expected: 2, found: 3))
    #expect(two("[1,3]", "[3,5]") == .misplaced("a", expected: 0, found: 1))
    #expect(two("[0,2]", "[4,2]") == .reversedOffsets("b", begin: 4, end: 2))
    #expect(fault(file("{}", data: [1])) == .trailingData(expected: 0, found: 1))
    #expect(tensor(shape: "[5]", offsets: "[0,5]") == .truncatedData(expected: 5, found: 1))
  }

  @Test("a file that is absent or cannot be opened counts as missing, not as malformed")
  func missing() throws {
    try withTemporaryFolder { folder in
      try #require(unsafe mkfifo(folder + "/pipe", 0o644) == 0)
      try makeFile(folder + "/file", [1, 2])
      for (name, code, text) in [
        ("/x", .noSuchFile, "there is no such file; check the name"),
        ("", .notAFile, "this is not a regular file; use a regular file instead"),
        ("/pipe", .notAFile, "this is not a regular file; use a regular file instead"),
        ("/file/x", .unreadable, "cannot be read (Not a directory); a part of the name is a file, so check it"),
      ] as [(String, FileError.Code, String)] {
        let path = folder + name
        let error = #expect(throws: SafetensorsError.self) { try Safetensors(readingFrom: path) }
        #expect(error?.isMissing == true)
        #expect(error?.cause?.code == code)
        #expect(error?.path == path)
        #expect(error.map { "\($0)" } == "\(path): \(text)")
      }
      let error = SafetensorsError(.truncatedLength(found: 2), path: folder + "/file")
      #expect(!error.isMissing && error.cause == nil)
      #expect(throws: error) { try Safetensors(readingFrom: folder + "/file") }
    }
  }

  @Test("an error is one line of file, problem and remedy, whatever the names in the file")
  func messages() throws {
    let error = SafetensorsError(.truncatedData(expected: 8, found: 1), path: "model.st")
    #expect(
      "\(error)" == "model.st: the header declares 8 bytes of data, but only 1 are there; use another copy of the file")
    #expect("\(SafetensorsError(.empty))" == "the file is empty; use another copy of the file")
    let name = "\u{1B}[31m\n\u{85}\u{2028}" + String(repeating: "x", count: 1000)
    for fault in [
      .emptyName, .duplicateName(name), .unknownKey(name, of: name), .missingKey("shape", of: name),
      .unknownDType(name, of: name), .misplaced(name, expected: 1, found: 0), .wrongSize(name, expected: 1, found: 0),
      .shapeOverflow(name, shape: Array(repeating: .max, count: 1000)), .unexpected(position: 8, expected: ", or ]"),
    ] as [SafetensorsError.Code] {
      let text = "\(SafetensorsError(fault, path: "model.st"))"
      #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{2028}" })
      #expect(text.count < 400)
      #expect(text.contains("; "))
    }
  }
}
