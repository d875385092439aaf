import Safetensors
import Testing

/// Reads files that the reference implementation wrote; `Reference/make_samples.py` lists their contents.
@Suite("Samples of the reference implementation") struct SampleTests {
  @Test("the tensors and metadata of a network are read as written")
  func network() throws {
    let network = try Safetensors(readingFrom: try sample("network"))
    #expect(network.metadata == ["format": "sample", "seed": "7"])
    #expect(network.tensors.count == 5)
    let weights = network.tensors["layers.0.weight"]
    #expect(weights?.shape == [2, 3])
    // Bit patterns, because NaN is not equal to itself.
    #expect(weights?.words == nil)
    let expected: [Double] = [0.5, -1.25, 3e-300, .infinity, .nan, -0.0]
    #expect(weights?.doubles?.map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(network.tensors["layers.0.bias"]?.doubles == [1, 2])
    #expect(network.tensors["scale"] == Tensor([0.1] as [Float], shape: []))
    #expect(network.tensors["order"] == Tensor([.max, 0, 1] as [UInt64], shape: [3]))
    #expect(network.tensors["nothing"] == Tensor([] as [Double], shape: [0, 4]))
  }

  @Test("names and strings are read as written, character by character")
  func texts() throws {
    let texts = try Safetensors(readingFrom: try sample("texts"))
    #expect(Set(texts.tensors.keys) == [#"a "quote" \ /"#, "Größe 日本 𝜎"])
    let expected = [
      "lines": "one\ntwo\r\n\tthree\u{8}\u{C}", "controls": "\0\u{1F}\u{7F}", "emoji 🙂": "e\u{301} \u{E9}", "": "",
    ]
    #expect(texts.metadata.mapValues { Array($0.utf8) } == expected.mapValues { Array($0.utf8) })
  }

  @Test("a tensor of each type that the reference writes is read with its bytes")
  func types() throws {
    let names: [(String, DType)] = [
      ("bool", .boolean), ("float4_e2m1fn_x2", .float4), ("uint8", .uint8), ("int8", .int8),
      ("float8_e5m2", .float8E5M2), ("float8_e4m3fn", .float8E4M3), ("float8_e8m0fnu", .float8E8M0),
      ("float8_e4m3fnuz", .float8E4M3FNUZ), ("float8_e5m2fnuz", .float8E5M2FNUZ), ("int16", .int16),
      ("uint16", .uint16), ("float16", .float16), ("bfloat16", .bfloat16), ("int32", .int32), ("uint32", .uint32),
      ("float32", .float32), ("complex64", .complex64), ("float64", .float64), ("int64", .int64), ("uint64", .uint64),
    ]
    let expected = names.enumerated().map { place, name in
      let bytes = (UInt8(place)..<UInt8(place) + 8).map { $0 }
      return (name.0, Tensor(dtype: name.1, shape: [64 / name.1.bitCount], bytes: bytes))
    }
    let types = try Safetensors(readingFrom: try sample("types"))
    #expect(types == Safetensors(tensors: Dictionary(uniqueKeysWithValues: expected)))
  }

  @Test("a file without tensors is read")
  func nothing() throws {
    #expect(try Safetensors(readingFrom: try sample("nothing")) == Safetensors(tensors: [:]))
  }

  @Test(
    "contents that are written again stay the same", arguments: ["network", "texts", "types", "nothing"])
  func rewritten(name: String) throws {
    let contents = try Safetensors(readingFrom: try sample(name))
    #expect(try Safetensors(bytes: contents.encoded()) == contents)
  }
}
