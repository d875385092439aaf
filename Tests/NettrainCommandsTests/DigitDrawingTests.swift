import Testing

@testable import NettrainCommands

@Suite("Digits in the terminal") struct DigitDrawingTests {
  @Test("two rows of pixels share a line, and an odd last row stands alone")
  func blocks() {
    let pixels: [UInt8] = [
      255, 0, 255, 0,
      255, 255, 0, 95,
      96, 0, 0, 0,
    ]
    #expect(DigitDrawing.lines(of: pixels, rows: 3, columns: 4) == ["█▄▀", "▀"])
  }

  @Test("images stand side by side under their titles, as many as fit")
  func sideBySide() {
    let images = ["one", "two", "three"].map { (title: $0, pixels: [UInt8](repeating: 255, count: 8)) }
    #expect(
      DigitDrawing.lines(of: images, rows: 2, columns: 4, width: 12)
        == ["one    two", "████   ████", "", "three", "████", ""])
  }
}
