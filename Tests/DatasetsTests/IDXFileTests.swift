import Datasets
import Testing

@Suite("IDX files") struct IDXFileTests {
  private let images = idx([2, 2, 3], Array(1...12))
  private let labels = idx([3], [7, 0, 9])

  /// The fault found in a file of these bytes; `nil` if it is read.
  private func fault(_ bytes: [UInt8], as content: IDXFile.Content = .images) throws -> DataError.Fault? {
    try withTemporaryFile(bytes) { path in
      do throws(DataError) {
        _ = try IDXFile(readingFrom: path, as: content)
        return nil
      } catch {
        #expect(error.path == path)
        return error.fault
      }
    }
  }

  @Test("images and labels are read, gzipped or not")
  func read() throws {
    for bytes in [images, gzip(images)] {
      let file = try withTemporaryFile(bytes) { try IDXFile(readingFrom: $0, as: .images) }
      #expect(file.dimensions == [2, 2, 3])
      #expect(file.bytes == Array(1...12))
    }
    for bytes in [labels, gzip(labels)] {
      let file = try withTemporaryFile(bytes) { try IDXFile(readingFrom: $0, as: .labels) }
      #expect(file.dimensions == [3])
      #expect(file.bytes == [7, 0, 9])
    }
  }

  @Test("gzip members are read one after another, wherever they part the data")
  func members() throws {
    for cut in 0...images.count {
      let bytes = gzip(Array(images[..<cut])) + gzip(Array(images[cut...]))
      let file = try withTemporaryFile(bytes) { try IDXFile(readingFrom: $0, as: .images) }
      #expect(file.bytes == Array(1...12))
    }
  }

  @Test("a file larger than any buffer is read whole")
  func large() throws {
    let pixels = (0..<1000 * 200).map { UInt8(truncatingIfNeeded: $0 * 7 % 251) }
    let file = try withTemporaryFile(idx([1000, 10, 20], pixels)) {
      try IDXFile(readingFrom: $0, as: .images)
    }
    #expect(file.bytes == pixels)
  }

  @Test("the SHA-256 is that of the file before compression")
  func sha256() throws {
    // By sha256sum of the bytes 00 00 08 01 00 00 00 03 07 00 09.
    let expected = "f56856a625e570f4360ac2c5fa7df922347bd0f5294464e12ccb68d82c63b1f5"
    let file = try withTemporaryFile(gzip(labels)) { try IDXFile(readingFrom: $0, as: .labels) }
    #expect(file.sha256() == expected)
  }

  @Test("a file cut at any byte is refused")
  func truncated() throws {
    for count in 1..<images.count {
      let expected: DataError.Fault =
        count < 16 ? .truncatedHeader : .truncated(expected: 12, found: count - 16)
      #expect(try fault(Array(images[..<count])) == expected)
    }
    let compressed = gzip(images)
    for count in 3..<compressed.count {
      #expect(try fault(Array(compressed[..<count])) == .truncatedGzip, "\(count) bytes")
    }
    #expect(try fault([]) == .empty)
    #expect(try fault(gzip(Array(images.dropLast()))) == .truncated(expected: 12, found: 11))
  }

  @Test("bytes after the data are refused, in the data and behind gzip")
  func trailing() throws {
    #expect(try fault(images + [0]) == .trailingBytes(expected: 12))
    #expect(try fault(gzip(images + [0])) == .trailingBytes(expected: 12))
    #expect(try fault(gzip(images) + gzip([0])) == .trailingBytes(expected: 12))
    #expect(try fault(gzip(images) + [0]) == .bytesAfterGzip)
    #expect(try fault(gzip(images) + Array("<html>".utf8)) == .bytesAfterGzip)
  }

  @Test("every bit of a gzip file's data, CRC and length is checked, but for the five that deflate leaves unused")
  func corrupt() throws {
    let compressed = gzip(images)
    for position in 10..<compressed.count {
      // A stored block begins with three bits of meaning and five of padding.
      for bit in 0..<(position == 10 ? 3 : 8) {
        var damaged = compressed
        damaged[position] ^= 1 << bit
        #expect(try fault(damaged) != nil, "bit \(bit) of byte \(position)")
      }
    }
    var wrongCRC = compressed
    wrongCRC[compressed.count - 8] ^= 1
    #expect(try fault(wrongCRC) == .corruptGzip("incorrect data check"))
    var wrongLength = compressed
    wrongLength[compressed.count - 1] ^= 1
    #expect(try fault(wrongLength) == .corruptGzip("incorrect length check"))
  }

  @Test("a web page is told from other files that are no IDX")
  func foreign() throws {
    #expect(try fault(Array("\n <!DOCTYPE html><html>".utf8)) == .webPage)
    #expect(try fault(Array("PK34".utf8)) == .notIDX(Array("PK34".utf8)))
    #expect(try fault([0, 0, 8, 3]) == .truncatedHeader)
  }

  @Test("small pixels that end in 60, the code of <, are not taken for a web page")
  func pixelsLikeMarkup() throws {
    #expect(try fault(idx([1, 1, 3], [0, 9, 60])) == nil)
  }

  @Test("images and labels are told apart")
  func swapped() throws {
    #expect(try fault(labels, as: .images) == .labelsInsteadOfImages)
    #expect(try fault(images, as: .labels) == .imagesInsteadOfLabels)
  }

  @Test("other ranks and element types are refused")
  func rankAndType() throws {
    #expect(try fault(idx([2, 6], Array(1...12))) == .wrongRank(expected: 3, found: 2))
    #expect(try fault(idx([1, 2, 2, 3], Array(1...12))) == .wrongRank(expected: 3, found: 4))
    #expect(try fault(idx([], [])) == .wrongRank(expected: 3, found: 0))
    #expect(try fault(idx(type: 0x0d, [2, 2, 3], [])) == .unsupportedElementType("32-bit floating point"))
    #expect(try fault(idx(type: 0x0a, [2, 2, 3], [])) == .unknownElementType(0x0a))
  }

  @Test("a dimension of 0 is refused")
  func zero() throws {
    for dimensions in [[0, 2, 3], [2, 0, 3], [2, 2, 0]] {
      #expect(try fault(idx(dimensions, [])) == .emptyDimension(dimensions))
    }
  }

  @Test("dimensions are not believed: neither if their product overflows nor if the file cannot hold it")
  func dimensions() throws {
    let all = [0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF]
    #expect(try fault(idx(all, [])) == .dimensionsOverflow(all))
    let many = 0xFFFF_FFFF
    #expect(try fault(idx([many, 1, 1], [1])) == .truncated(expected: many, found: 1))
    #expect(try fault(gzip(idx([many, 1, 1], [1]))) == .truncated(expected: many, found: 1))
  }

  @Test("a folder, and a file that is not there, are missing and not malformed")
  func missing() throws {
    try withTemporaryFolder { folder in
      #expect(throws: DataError(path: folder, fault: .notAFile)) {
        try IDXFile(readingFrom: folder, as: .images)
      }
      let absent = DataError(path: folder + "/x", fault: .noSuchFile)
      #expect(absent.isMissing)
      #expect(throws: absent) { try IDXFile(readingFrom: folder + "/x", as: .images) }
    }
  }
}
