import Images
import Testing

@Suite("Writing PNG") struct PNGWriterTests {
  @Test("a PNG that is written is read as the same image", arguments: [(1, 1), (1, 2), (28, 28), (300, 7)])
  func roundTrip(width: Int, height: Int) throws {
    let image = GreyImage(width: width, height: height, pixels: (0..<width * height).map { UInt8($0 * 7 % 256) })
    #expect(try GreyImage(contents: #require(image.png)) == image)
  }
}
