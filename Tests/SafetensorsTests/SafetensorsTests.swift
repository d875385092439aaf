import Safetensors
import Testing

@Suite("Safetensors files") struct SafetensorsTests {
  @Test("a file has the header's length, the header padded to a multiple of 8 bytes, and the data, in this order")
  func exactBytes() {
    let contents = Safetensors(
      tensors: [
        "tiny": Tensor([0.5, -2] as [Float], shape: [2]),
        "b": Tensor([1.5] as [Double], shape: []),
        "a": Tensor([0x0102_0304_0506_0708] as [UInt64], shape: [1, 1]),
      ],
      metadata: ["seed": "7", "epoch": "3"])
    let header =
      #"{"__metadata__":{"epoch":"3","seed":"7"},"a":{"dtype":"U64","shape":[1,1],"data_offsets":[0,8]},"#
      + #""b":{"dtype":"F64","shape":[],"data_offsets":[8,16]},"#
      + #""tiny":{"dtype":"F32","shape":[2],"data_offsets":[16,24]}} "#
    #expect(
      contents.encoded() == [208, 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
        + [8, 7, 6, 5, 4, 3, 2, 1] + [0, 0, 0, 0, 0, 0, 0xF8, 0x3F] + [0, 0, 0, 0x3F, 0, 0, 0, 0xC0])
  }

  @Test("a file without tensors and metadata is an empty object and padding")
  func nothing() throws {
    let bytes = Safetensors(tensors: [:]).encoded()
    #expect(bytes == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
    #expect(try Safetensors(bytes: bytes) == Safetensors(tensors: [:]))
  }

  @Test("written contents are read back bit by bit, including NaN and negative zero")
  func roundTrip() throws {
    let doubles: [Double] = [
      0, -0.0, .infinity, .nan, Double(bitPattern: 0x7FF4_0000_0000_0001), .leastNonzeroMagnitude, 0.1,
    ]
    let floats: [Float] = [0.1, -.infinity, Float(bitPattern: 1), -0.0]
    let words: [UInt64] = [.max, 0, 1 << 63]
    let contents = Safetensors(
      tensors: [
        "doubles": Tensor(doubles, shape: [7]), "floats": Tensor(floats, shape: [2, 2]),
        "words": Tensor(words, shape: [1, 3]), "none": Tensor([] as [Double], shape: [3, 0]),
      ],
      metadata: ["key": "text"])
    let read = try Safetensors(bytes: contents.encoded())
    #expect(read == contents)
    #expect(read.encoded() == contents.encoded())
    #expect(read.tensors["doubles"]?.doubles?.map(\.bitPattern) == doubles.map(\.bitPattern))
    #expect(read.tensors["floats"]?.floats?.map(\.bitPattern) == floats.map(\.bitPattern))
    #expect(read.tensors["words"]?.words == words)
    #expect(read.tensors["none"]?.doubles == [])
    #expect(read.tensors["none"]?.shape == [3, 0])
  }

  @Test("a tensor returns its numbers in their own type only")
  func otherTypes() {
    let tensor = Tensor([1] as [Float], shape: [1])
    #expect(tensor.doubles == nil && tensor.words == nil && tensor.floats == [1])
    #expect(Tensor([1] as [Double], shape: [1]).floats == nil)
  }

  @Test("tensors of every type are written and read; the largest elements come first, so that each is aligned")
  func types() throws {
    // Eight elements fill whole bytes, whatever the type.
    let tensors = DType.allCases.map { dtype in
      (dtype.rawValue, Tensor(dtype: dtype, shape: [8], bytes: (0..<UInt8(dtype.bitCount)).reversed()))
    }
    let contents = Safetensors(tensors: Dictionary(uniqueKeysWithValues: tensors))
    let bytes = contents.encoded()
    #expect(try Safetensors(bytes: bytes) == contents)
    var data = bytes[(8 + Int(bytes[0]) + 256 * Int(bytes[1]))...]
    #expect(data.startIndex.isMultiple(of: 8))
    for bitCount in [64, 32, 16, 8, 6, 4] {
      for _ in DType.allCases.filter({ $0.bitCount == bitCount }) {
        #expect(Array(data.prefix(bitCount)) == (0..<UInt8(bitCount)).reversed())
        #expect((8 * data.startIndex).isMultiple(of: bitCount == 6 ? 8 : bitCount))
        data = data.dropFirst(bitCount)
      }
    }
    #expect(data.isEmpty)
  }

  @Test("names and strings of all characters are written and read, with no more escapes than needed")
  func texts() throws {
    let names = ["\"\\/", "\0\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F} \u{7F}\u{80}", "Größe 日本 𝜎 🙂", " ", "e\u{301}", "{}"]
    let contents = Safetensors(
      tensors: Dictionary(uniqueKeysWithValues: names.map { ($0, Tensor([1] as [Double], shape: [])) }),
      metadata: Dictionary(uniqueKeysWithValues: names.map { ($0, String($0.reversed())) } + [("", "")]))
    let bytes = contents.encoded()
    let read = try Safetensors(bytes: bytes)
    #expect(read == contents)
    #expect(Set(read.tensors.keys.map { Array($0.utf8) }) == Set(names.map { Array($0.utf8) }))
    let escaped = #""\u0000\u0001\b\t\n\u000b\f\r\u001f "# + "\u{7F}\u{80}\":"
    #expect(String(decoding: bytes, as: UTF8.self).contains(escaped))
    #expect(String(decoding: bytes, as: UTF8.self).contains(#""\"\\/":"#))
  }

  @Test("names are in the order of their bytes")
  func order() throws {
    // The order of strings in Swift puts the composed and the decomposed letter side by side.
    let names = ["Z", "a", "e\u{301}z", "f", "\u{E9}", "\u{FFFD}", "𝜎"]
    let contents = Safetensors(
      tensors: Dictionary(uniqueKeysWithValues: names.map { ($0, Tensor([1] as [Double], shape: [])) }))
    let text = String(decoding: contents.encoded(), as: UTF8.self)
    let places = try names.map { try #require(text.range(of: "\"\($0)\":")).lowerBound }
    #expect(places == places.sorted())
  }

  @Test("a header may contain white space, escapes of any kind, and members in any order")
  func otherWriters() throws {
    let header = #"""
      {"b" : { "data_offsets" :[ 1 , 3 ],
      "shape": [1,2] , "\u0064type":"U8"} ,	"a\/\ud83d\ude42\u00E9":
      {"shape":[],"dtype":"I8","data_offsets":[0,1]},"__metadata__" : { } }
      """#
    let contents = try Safetensors(bytes: file(header + "   ", data: [1, 2, 3]))
    #expect(
      contents
        == Safetensors(tensors: [
          "a/🙂é": Tensor(dtype: .int8, shape: [], bytes: [1]),
          "b": Tensor(dtype: .uint8, shape: [1, 2], bytes: [2, 3]),
        ]))
  }

  @Test("tensors without elements may lie anywhere between the others")
  func emptyTensors() throws {
    func entry(_ name: String, _ shape: String, _ offsets: String) -> String {
      #""\#(name)":{"dtype":"U8","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }
    let members = [
      entry("end", "[0]", "[2,2]"), entry("b", "[1]", "[1,2]"), entry("start", "[0,9]", "[0,0]"),
      entry("a", "[1]", "[0,1]"), entry("middle", "[9,0]", "[1,1]"),
    ]
    let contents = try Safetensors(bytes: file("{\(members.joined(separator: ","))}", data: [1, 2]))
    #expect(contents.tensors["a"]?.bytes == [1])
    #expect(contents.tensors["b"]?.bytes == [2])
    #expect(contents.tensors.values.count { $0.bytes.isEmpty } == 3)
  }
}
