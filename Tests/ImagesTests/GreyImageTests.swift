import Foundation
import Images
import Testing

@Suite("Grey images") struct GreyImageTests {
  /// The pixels of the samples, which `Samples/make_samples.py` writes.
  private let pixels: [UInt8] = [
    0, 50, 100, 150, 200, 255, 205, 155, 105, 55, 10, 20, 30, 40, 50, 1, 2, 3, 254, 255,
  ]

  private func sample(_ name: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "png", subdirectory: "Samples"))
    return [UInt8](try Data(contentsOf: url))
  }

  private func fault(_ bytes: [UInt8]) -> ImageError? {
    do {
      _ = try GreyImage(contents: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "PNG files of every kind have the same grey pixels",
    arguments: ["grey", "colour", "colour-alpha", "interlaced", "sixteen-bits", "palette"])
  func kinds(name: String) throws {
    let image = try GreyImage(contents: sample(name))
    #expect(image.width == 5 && image.height == 4)
    let error = zip(image.pixels, pixels).map { abs(Int($0) - Int($1)) }.max() ?? 255
    #expect(error <= (name == "sixteen-bits" ? 1 : 0), "\(image.pixels)")
  }

  @Test("what is transparent shows the ground that what is drawn stands out from")
  func transparency() throws {
    let cross: [UInt8] = [0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]
    #expect(try GreyImage(contents: sample("white-ink")).pixels == cross.map { $0 * 255 })
    #expect(try GreyImage(contents: sample("black-ink")).pixels == cross.map { 255 - $0 * 255 })
    #expect(try GreyImage(contents: sample("one-bit")).pixels == cross.map { $0 * 255 })
  }

  @Test("a PNG file that is cut off, wherever, or damaged is refused")
  func damagedPNG() throws {
    for name in ["grey", "interlaced", "palette"] {
      let bytes = try sample(name)
      for count in 8..<bytes.count {
        #expect(fault(Array(bytes[..<count])) == .truncated, "\(name), \(count) bytes")
      }
      for place in 8..<bytes.count {
        var damaged = bytes
        damaged[place] ^= 0x40
        switch fault(damaged) {
        case .damaged, .truncated: break
        case let fault: Issue.record("\(name), byte \(place): \(String(describing: fault))")
        }
      }
    }
  }

  @Test("a damaged chunk that could be left out is not left out in silence")
  func damagedGamma() throws {
    let bytes = try sample("grey")
    var gamma = Array("gAMA".utf8) + [0, 0, 0xB1, 0x8F]
    let sum = crc32(gamma[...])
    gamma = [0, 0, 0, 4] + gamma + (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * $0)) }
    #expect(fault(Array(bytes[..<33]) + gamma + Array(bytes[33...])) == nil)
    gamma[10] ^= 1
    guard case .damaged = fault(Array(bytes[..<33]) + gamma + Array(bytes[33...])) else {
      Issue.record("its sum is wrong")
      return
    }
  }

  @Test("a PNG file that announces more pixels than are read, or than its bytes can hold, is refused before they are")
  func bombs() throws {
    func announcing(_ width: UInt32, _ height: UInt32) throws -> [UInt8] {
      var bytes = try sample("grey")
      for (place, number) in [(16, width), (20, height)] {
        for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32(byte))) }
      }
      let crc = crc32(bytes[12..<29])
      for byte in 0..<4 { bytes[29 + byte] = UInt8(truncatingIfNeeded: crc >> (24 - 8 * UInt32(byte))) }
      return bytes
    }
    #expect(try fault(announcing(8001, 8000)) == .tooLarge(width: 8001, height: 8000))
    #expect(try fault(announcing(7000, 7000)) == .truncated)
    let empty = try fault(announcing(0, 5))
    guard case .damaged = empty else {
      Issue.record("a width of 0 is damage: \(String(describing: empty))")
      return
    }
  }

  /// The CRC-32 of PNG, bit by bit.
  private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }

  @Test(
    "PGM files are read as text and as bytes, with comments and any greatest value",
    arguments: [
      "P2\n# a comment\n2 2 # another\n255\n0 128\n 255 7\n", "P2 2 2 255 0 128 255 7",
      "P2\n2\n2\n65535\n0 32896 65535 1799",
    ])
  func text(contents: String) throws {
    #expect(try GreyImage(contents: Array(contents.utf8)) == GreyImage(width: 2, height: 2, pixels: [0, 128, 255, 7]))
  }

  @Test("PGM files of bytes and of pairs are read")
  func rawBytes() throws {
    let bytes = Array("P5 2 2 255\n".utf8) + [0, 128, 255, 7]
    #expect(try GreyImage(contents: bytes).pixels == [0, 128, 255, 7])
    #expect(try GreyImage(contents: Array("P5 2 1 65535\n".utf8) + [0x80, 0x80, 0xFF, 0xFF]).pixels == [128, 255])
    #expect(try GreyImage(contents: Array("P5 3 1 2\n".utf8) + [0, 1, 2]).pixels == [0, 128, 255])
  }

  @Test("a PGM file that is cut off, has a pixel above its greatest value or bytes to spare is refused")
  func damagedPGM() {
    #expect(fault(Array("P5 2 2 255\n".utf8) + [0, 1, 2]) == .truncated)
    #expect(fault(Array("P2 2 2 255 1 2 3".utf8)) == .truncated)
    #expect(fault(Array("P5 99999 99999 255\n".utf8)) == .tooLarge(width: 99999, height: 99999))
    for contents in [
      "P2 2 1 9 1 10", "P2 2 1 0 0 0", "P2 0 2 9 ", "P2 a 2 9 1 1", "P2 2 1 99999 1 1", "P5 1 1 255\nxyz",
      "P2 1234567890 1 9 1",
    ] {
      guard case .damaged = fault(Array(contents.utf8)) else {
        Issue.record("\(contents): \(String(describing: fault(Array(contents.utf8))))")
        continue
      }
    }
  }

  @Test("other formats are told by name, with the way to convert them")
  func otherFormats() {
    let signatures: [(String, [UInt8])] = [
      ("JPEG", [0xFF, 0xD8, 0xFF, 0xE0]), ("GIF", Array("GIF89a".utf8)), ("BMP", Array("BM6".utf8)),
      ("WebP", Array("RIFF____WEBP".utf8)), ("HEIC", [0, 0, 0, 24] + Array("ftypheic".utf8)),
      ("TIFF", [0x49, 0x49, 0x2A, 0]), ("PDF", Array("%PDF-1.7".utf8)), ("PBM, PPM or PAM", Array("P6 1 1 255\n".utf8)),
    ]
    for (name, bytes) in signatures {
      #expect(fault(bytes) == .otherFormat(name))
      #expect(ImageError.otherFormat(name).description.contains("convert"))
    }
    #expect(fault([]) == .empty)
    #expect(fault(Array("some text".utf8)) == .unknownFormat)
  }
}
