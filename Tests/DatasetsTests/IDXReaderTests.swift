import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite("IDX files") struct IDXReaderTests {
  private let images = idx([2, 2, 3], Array(1...12))
  private let labels = idx([3], [7, 0, 9])

  /// The dimensions and bytes of a file of these bytes.
  private func read(_ bytes: [UInt8], as content: IDXReader.Content = .images) throws -> ([Int], [UInt8]) {
    try withTemporaryFile(bytes) { path in
      let reader = try IDXReader(path: path, content: content)
      return (reader.dimensions, try reader.bytes())
    }
  }

  /// The fault found in a file of these bytes; `nil` if it is read.
  private func fault(_ bytes: [UInt8], as content: IDXReader.Content = .images) throws -> DataError.Fault? {
    try withTemporaryFile(bytes) { path in
      do throws(DataError) {
        _ = try IDXReader(path: path, content: content).bytes()
        return nil
      } catch {
        #expect(error.path == path)
        return error.fault
      }
    }
  }

  @Test("a file that is overwritten while it is read is refused, and not read as a mixture of two")
  func overwritten() throws {
    // More than the reader takes in at once.
    try withTemporaryFile(idx([1, 300, 300], Array(repeating: 1, count: 90_000))) { path in
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
      let reader = try IDXReader(path: path, content: .images)
      let file = try FileHandle(forUpdating: URL(filePath: path))
      try file.seek(toOffset: 80_000)
      try file.write(contentsOf: [2])
      let fault = DataError(path: path, fault: .file(FileError(.changedWhileRead, path: path)))
      #expect(throws: fault) { try reader.bytes() }
      #expect(!fault.isMissing)
    }
  }

  @Test("images and labels are read, gzipped or not")
  func read() throws {
    for bytes in [images, gzip(images)] {
      let (dimensions, bytes) = try read(bytes)
      #expect(dimensions == [2, 2, 3])
      #expect(bytes == Array(1...12))
    }
    for bytes in [labels, gzip(labels)] {
      let (dimensions, bytes) = try read(bytes, as: .labels)
      #expect(dimensions == [3])
      #expect(bytes == [7, 0, 9])
    }
  }

  /// The labels, or the fault, in a file of these bytes.
  private func labels(_ bytes: [UInt8]) throws -> Result<[UInt8], DataError.Fault> {
    try withTemporaryFile(bytes) { path in
      do throws(DataError) {
        return .success(try IDXReader(path: path, content: .labels).labels())
      } catch {
        return .failure(error.fault)
      }
    }
  }

  @Test("the labels of a table are the first of its eight columns")
  func table() throws {
    #expect(try labels(idx([3], [7, 0, 9])) == .success([7, 0, 9]))
    #expect(try labels(labelTable([7, 0, 255])) == .success([7, 0, 255]))
    let many = (0..<10_000).map { Int32($0 % 10) }
    #expect(try labels(labelTable(many)) == .success(many.map { UInt8($0) }))
  }

  @Test("a table of other columns, a class above 255 or below 0, and a cut table are refused")
  func badTable() throws {
    #expect(try labels(labelTable([1, 256])) == .failure(.labelOutOfRange(label: 256, position: 1)))
    #expect(try labels(labelTable([-1, 300])) == .failure(.labelOutOfRange(label: -1, position: 0)))
    #expect(try labels(labelTable([1, 2]).dropLast()) == .failure(.truncated(expected: 64, found: 63)))
    let narrow = idx(type: 0x0c, [2, 2], Array(repeating: 0, count: 16))
    #expect(try labels(narrow) == .failure(.wrongColumnCount(2)))
    #expect(try fault(labelTable([1, 2]), as: .images) == .unsupportedElementType("32-bit integers"))
  }

  @Test("gzip members are read one after another, wherever they part the data")
  func members() throws {
    for cut in 0...images.count {
      let bytes = gzip(Array(images[..<cut])) + gzip(Array(images[cut...]))
      #expect(try read(bytes).1 == Array(1...12))
    }
  }

  @Test("a file larger than any buffer is read whole")
  func large() throws {
    let pixels = (0..<1000 * 200).map { UInt8(truncatingIfNeeded: $0 * 7 % 251) }
    #expect(try read(idx([1000, 10, 20], pixels)).1 == pixels)
    // A stored gzip block has at most 65,535 bytes.
    let parts = stride(from: 0, to: pixels.count, by: 50_000).map { gzip(Array(pixels[$0..<$0 + 50_000])) }
    #expect(try read(gzip(idx([1000, 10, 20], [])) + parts.joined()).1 == pixels)
  }

  @Test("rows arrive whole, in order, however long they are", arguments: [1, 7, 100, 1000])
  func rows(row: Int) throws {
    let pixels = (0..<300_000 / row * row).map { UInt8(truncatingIfNeeded: $0 * 7 % 251) }
    try withTemporaryFile(idx([pixels.count / row, 1, row], pixels)) { path in
      var collected: [UInt8] = []
      try IDXReader(path: path, content: .images).readAll(row: row) { part in
        #expect(part.count.isMultiple(of: row))
        for index in part.indices { collected.append(part[index]) }
      }
      #expect(collected == pixels)
    }
  }

  @Test("the SHA-256 is that of the file before compression, and of all its parts")
  func sha256() throws {
    // By sha256sum of the bytes 00 00 08 01 00 00 00 03 07 00 09.
    let expected = "f56856a625e570f4360ac2c5fa7df922347bd0f5294464e12ccb68d82c63b1f5"
    try withTemporaryFile(gzip(labels)) { path in
      let reader = try IDXReader(path: path, content: .labels, hashing: true)
      #expect(reader.sha256 == nil, "nothing has been read")
      _ = try reader.bytes()
      #expect(reader.sha256 == expected)
    }
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256Digest.hexadecimal(of: Array(million[..<999_999]), [UInt8(ascii: "a")])
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", "the digest of a million a's by FIPS 180"
    )
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
      for (path, code) in [(folder, FileError.Code.notAFile), (folder + "/x", .noSuchFile)] {
        let error = #expect(throws: DataError.self) { try IDXReader(path: path, content: .images) }
        guard case .file(let cause) = error?.fault else {
          Issue.record("\(path): \(String(describing: error))")
          continue
        }
        #expect(cause.code == code && cause.path == path)
        #expect(error?.isMissing == true)
      }
    }
  }
}
