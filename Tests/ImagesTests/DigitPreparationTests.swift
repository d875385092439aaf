import Foundation
import Images
import Testing

/// A picture and what the Python program makes of it.
private struct Preparation: Decodable {
  let name: String
  let height: Int
  let width: Int
  /// Each pixel of the picture stands for so many rows and columns.
  let factor: Int
  let side: Int
  let pixels: Data
  let image: Data?

  static func all() throws -> [Preparation] {
    let url = try #require(Bundle.module.url(forResource: "preparations", withExtension: "json"))
    return try JSONDecoder().decode([Preparation].self, from: Data(contentsOf: url))
  }

  var picture: GreyImage {
    let pixels = [UInt8](pixels)
    return GreyImage(
      width: width * factor, height: height * factor,
      pixels: (0..<height * factor).flatMap { y in
        (0..<width * factor).map { pixels[y / factor * width + $0 / factor] }
      })
  }
}

@Suite("Preparation of pictures of digits") struct DigitPreparationTests {
  @Test("the image of a picture is that of an independent program, byte for byte")
  func reference() throws {
    let cases = try Preparation.all()
    #expect(cases.count == 16 && cases.count { $0.image == nil } == 3)
    for preparation in cases {
      let image = preparation.picture.digit(side: preparation.side)
      #expect(image.map { Data($0) } == preparation.image, "\(preparation.name)")
    }
  }

  /// A hook of five strokes' width on some paper, with its corner at a place.
  private func hook(
    width: Int, height: Int, left: Int, top: Int, size: Int = 30, paper: UInt8 = 255, ink: UInt8 = 10
  ) -> GreyImage {
    var pixels = [UInt8](repeating: paper, count: width * height)
    for step in 0..<size {
      for offset in 0..<size / 6 {
        pixels[(top + step) * width + left + offset] = ink
        if step < size / 2 { pixels[(top + offset) * width + left + step] = ink }
      }
    }
    return GreyImage(width: width, height: height, pixels: pixels)
  }

  @Test("the image does not depend on the digit's place, the size of the canvas, or which of ink and paper is light")
  func placeAndPolarity() throws {
    let image = try #require(hook(width: 60, height: 60, left: 15, top: 15).digit(side: 28))
    #expect(hook(width: 200, height: 90, left: 160, top: 5).digit(side: 28) == image)
    #expect(hook(width: 60, height: 60, left: 15, top: 15, paper: 0, ink: 245).digit(side: 28) == image)
    let onGrey = try #require(hook(width: 60, height: 60, left: 9, top: 20, paper: 150, ink: 90).digit(side: 28))
    #expect(zip(onGrey, image).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }

  @Test("the longer side of the digit takes 20 of 28 pixels, its proportions stay, and it reaches full brightness")
  func box() throws {
    for (side, inner) in [(28, 20), (10, 7), (40, 29)] {
      let image = try #require(hook(width: 90, height: 70, left: 8, top: 8, size: 60).digit(side: side))
      let places = image.indices.filter { image[$0] > 0 }
      let (rows, columns) = (Set(places.map { $0 / side }), Set(places.map { $0 % side }))
      #expect(rows.count == inner && columns.count == (inner + 1) / 2)
      #expect(image.max() == 255)
    }
  }

  @Test("the centre of mass is at most half a pixel from the middle")
  func centre() throws {
    let image = try #require(hook(width: 80, height: 80, left: 40, top: 2).digit(side: 28))
    let mass = image.reduce(0) { $0 + Int($1) }
    for coordinate in [{ $0 / 28 }, { $0 % 28 }] as [(Int) -> Int] {
      let moment = image.indices.reduce(0) { $0 + coordinate($1) * Int(image[$1]) }
      let centre = Double(moment) / Double(mass)
      #expect(centre > 13.5 && centre <= 14.5, "as of MNIST's images: \(centre)")
    }
  }

  @Test("a picture without ink has no image, whatever its size")
  func noInk() {
    for (width, height) in [(1, 1), (28, 28), (1000, 3)] {
      for grey in [0, 100, 255] as [UInt8] {
        let blank = GreyImage(width: width, height: height, pixels: Array(repeating: grey, count: width * height))
        #expect(blank.digit(side: 28) == nil)
      }
    }
  }
}
