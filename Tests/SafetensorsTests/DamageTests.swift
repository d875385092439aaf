import Safetensors
import Testing

/// Damaging a file slightly makes it unreadable, or changes only the string or the number that is hit.
@Suite("Damaged safetensors files") struct DamageTests {
  private let contents = Safetensors(
    tensors: [
      "bias": Tensor([1, -2] as [Double], shape: [2]), "weight": Tensor([0.5, 3] as [Float], shape: [2, 1]),
    ],
    metadata: ["seed": "one"])

  @Test("a file cut at any byte is refused")
  func truncated() {
    let bytes = contents.encoded()
    for count in 0..<bytes.count {
      let header = bytes.count - 8 - 24
      let expected: SafetensorsError.Code =
        switch count {
        case 0: .empty
        case 1..<8: .truncatedLength(found: count)
        case 8..<8 + header: .truncatedHeader(expected: header, found: count - 8)
        default: .truncatedData(expected: 24, found: count - 8 - header)
        }
      #expect(fault(Array(bytes[..<count])) == expected)
    }
  }

  @Test("bytes after the data are refused")
  func trailing() {
    #expect(fault(contents.encoded() + [0]) == .trailingData(expected: 24, found: 25))
  }

  /// A character of one byte that a string may contain without an escape.
  private func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x80).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  @Test("a flipped bit is refused, except in data, names and strings, where it changes one byte and no other")
  func flippedBits() throws {
    let bytes = contents.encoded()
    let data = bytes.count - 24
    let texts = try ["bias", "weight", "seed", "one"].map { text in
      let start = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("\"\(text)\"".utf8)) }) + 1
      return start..<start + text.utf8.count
    }
    for position in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[position] ^= 1 << bit
        let text = texts.firstIndex { $0.contains(position) }
        guard position >= data || text != nil && isPlain(damaged[position]) else {
          #expect(fault(damaged) != nil, "bit \(bit) of byte \(position)")
          continue
        }
        let found = try Safetensors(bytes: damaged)
        func changed(_ original: String, ifPartIs part: Int) -> String {
          part == text ? String(decoding: damaged[texts[part]], as: UTF8.self) : original
        }
        let expected = Safetensors(
          tensors: [
            changed("bias", ifPartIs: 0): Tensor(
              dtype: .float64, shape: [2], bytes: Array(damaged[data..<data + 16])),
            changed("weight", ifPartIs: 1): Tensor(
              dtype: .float32, shape: [2, 1], bytes: Array(damaged[(data + 16)...])),
          ],
          metadata: [changed("seed", ifPartIs: 2): changed("one", ifPartIs: 3)])
        #expect(found == expected, "bit \(bit) of byte \(position)")
      }
    }
  }

  @Test("a header with any byte changed is refused, or its contents can be written and read again")
  func changedBytes() throws {
    let bytes = contents.encoded()
    for position in 8..<bytes.count - 24 {
      for byte in UInt8.min...UInt8.max {
        var damaged = bytes
        damaged[position] = byte
        guard let found = try? Safetensors(bytes: damaged) else { continue }
        #expect(try Safetensors(bytes: found.encoded()) == found)
      }
    }
  }
}
