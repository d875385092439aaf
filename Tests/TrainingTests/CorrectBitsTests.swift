import Training
import Testing

@Suite("Bits of correctness") struct CorrectBitsTests {
  @Test("the first example is the highest bit of the first byte")
  func order() {
    var bits = CorrectBits(count: 10)
    bits[0] = true
    bits[9] = true
    #expect(bits.base64 == "gEA=")
    #expect(bits.correctCount == 2)
    #expect((0..<10).map { bits[$0] } == [true] + Array(repeating: false, count: 8) + [true])
  }

  @Test("bits come back from their text, and another text is none")
  func text() {
    #expect(CorrectBits(base64: "gEA=", count: 10)?.base64 == "gEA=")
    #expect(CorrectBits(base64: "gEA=", count: 17) == nil, "a byte too few")
    #expect(CorrectBits(base64: "gEA=", count: 8) == nil, "a byte too many")
    #expect(CorrectBits(base64: "gGA=", count: 10) == nil, "a bit behind the last example")
    #expect(CorrectBits(base64: "g", count: 8) == nil)
    for count in [.min, -1, .max] { #expect(CorrectBits(base64: "", count: count) == nil, "\(count)") }
  }
}
