import Datasets
import Images

@testable import NettrainCommands

extension FuzzTarget {
  /// A picture, as 'predict' reads it.
  func readImage(_ input: [UInt8]) throws -> String {
    let image: GreyImage
    do {
      image = try GreyImage(contents: input)
    } catch {
      throw Failure(.malformedData, "\(error)")
    }
    if image.pixels.count <= 1 << 14 {
      let text =
        "P2 # text\n\(image.width) \(image.height)\n255\n" + image.pixels.map { "\($0)" }.joined(separator: " ")
      let bytes = Array("P5\n\(image.width) \(image.height) 255\n".utf8) + image.pixels
      for written in [image.png ?? [], Array(text.utf8), bytes] {
        require(attempt { try GreyImage(contents: written) } == image, "what was read cannot be written")
      }
      require(image.digit(side: 28).map { $0.count == 28 * 28 } ?? true, "a digit has another size")
    }
    return "\(image.width) \(image.height) \(SHA256Digest.hexadecimal(of: image.pixels))"
  }
}
