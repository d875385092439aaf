import Foundation
import TestSupport
import Testing

/// Faults of the data, each with its status and its one line, before anything is trained or written.
@Suite("Faults of the data") struct DataFaultTests {
  private let images = "train-images-idx3-ubyte"
  private let labels = "train-labels-idx1-ubyte"

  /// Expects an error about a file of the folder `data`, and no other output.
  private func expect(
    _ status: Int, _ message: String, when spoil: (inout SmallData) throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: false)
      var data = SmallData()
      try spoil(&data)
      try data.write(to: folder + "/data")
      let outcome = try await nettrain("--data", "data", "--log", "log", in: folder)
      #expect(outcome.status == status, sourceLocation: sourceLocation)
      #expect(outcome.error == "nettrain: error: \(message)\n", sourceLocation: sourceLocation)
      #expect(outcome.output == "", sourceLocation: sourceLocation)
      #expect(!FileManager.default.fileExists(atPath: folder + "/log"), sourceLocation: sourceLocation)
    }
  }

  @Test("the small data of these tests is without fault")
  func sound() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      #expect(try await nettrain("--data", folder, "--epochs", "1").status == 0)
    }
  }

  @Test("a folder that is not there, or is a file")
  func noFolder() async throws {
    let outcome = try await nettrain("--data", "/nowhere/at/all")
    #expect(outcome.status == 66)
    #expect(
      outcome.error
        == "nettrain: error: /nowhere/at/all: there is no such folder, and no data file whose name begins so; give the "
        + "folder of the four IDX files, or the beginning of their names; scripts/fetch-mnist makes a folder of MNIST\n"
    )
    let file = try await nettrain("--data", "/etc/passwd")
    #expect(file.status == 66)
    #expect(
      file.error
        == "nettrain: error: /etc/passwd: this is a file; give the folder that holds the four IDX files, or the "
        + "beginning of their names\n")
  }

  @Test("a missing file")
  func noFile() async throws {
    try await expect(
      66,
      "data: the folder has no t10k-labels-idx1-ubyte[.gz]; put it there, or fetch the four files of MNIST "
        + "with scripts/fetch-mnist"
    ) { $0.files["t10k-labels-idx1-ubyte"] = nil }
  }

  @Test("a file that may not be read")
  func unreadable() async throws {
    try await withPublicFolder { folder in
      let path = "\(folder)/data/\(images).gz"
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
      // Root may read everything.
      let asNobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
      let outcome = try await shell("exec \(asNobody) '\(folder)/nettrain' --data '\(folder)/data'")
      #expect(outcome.status == 66)
      #expect(
        outcome.error
          == "nettrain: error: \(path): cannot be read (Permission denied); check its permissions\n")
    }
  }

  @Test("images and labels swapped")
  func swapped() async throws {
    try await expect(
      65, "data/\(labels): this file holds images, not labels; are images and labels swapped?"
    ) { data in
      let images = data.files[self.images]
      data.files[self.images] = data.files[labels]
      data.files[labels] = images
    }
    try await expect(
      65, "data/\(images): this file holds labels, not images; are images and labels swapped?"
    ) { $0.files[images] = $0.files[labels] }
  }

  @Test("bytes that are no IDX file")
  func magic() async throws {
    try await expect(
      65, "data/\(images): this is not an IDX file: it begins with 50 4b 03 04, not 00 00; fetch the file again"
    ) { $0.files[images] = [0x50, 0x4b, 3, 4] + Array(repeating: 0, count: 40) }
  }

  @Test("an HTML page saved as .gz")
  func webPage() async throws {
    try await expect(
      65,
      "data/\(images).gz: this is a web page, not an IDX file: a server answered with a page; delete it and fetch the "
        + "file again"
    ) { data in
      data.files[images] = nil
      data.files[images + ".gz"] = Array("<!DOCTYPE html><title>Not found</title>".utf8)
    }
  }

  @Test("images of the wrong rank")
  func rank() async throws {
    try await expect(
      65, "data/\(images): the IDX header has 2 dimensions, but images have 3; use a file of the right kind"
    ) { $0.files[images] = idx([12, 2], Array(repeating: 0, count: 24)) }
  }

  @Test("images of the wrong type")
  func type() async throws {
    try await expect(
      65, "data/\(images): the elements are 32-bit floating point; convert images and labels to unsigned bytes"
    ) { $0.files[images] = idx(type: 0x0d, [12, 1, 2], Array(repeating: 0, count: 96)) }
  }

  @Test("no images at all")
  func empty() async throws {
    try await expect(
      65,
      "data/\(images): the IDX header declares 0 × 1 × 2 elements, which is none; use a file that has examples"
    ) { $0.files[images] = idx([0, 1, 2], []) }
    try await expect(65, "data/\(images): the file is empty; fetch it again") { $0.files[images] = [] }
  }

  @Test("dimensions whose product overflows")
  func overflow() async throws {
    let size = 0xFFFF_FFFF
    try await expect(
      65,
      "data/\(images): the IDX header declares \(size) × \(size) × \(size) elements, more than can be; "
        + "fetch the file again"
    ) { $0.files[images] = idx([size, size, size], [1]) }
  }

  @Test("dimensions that the file cannot hold, in memory that could not either")
  func tooLarge() async throws {
    let testImages = "t10k-images-idx3-ubyte"
    try await expect(
      65,
      "data/\(testImages): the IDX header declares 17179869184 bytes, but only 1 are there; fetch the file again"
    ) { data in
      data.files[images] = idx([12, 65536, 65536], [1])
      data.files[testImages] = idx([4, 65536, 65536], [1])
    }
  }

  @Test("a file cut anywhere", arguments: [1, 3, 4, 10, 15])
  func cutHeader(count: Int) async throws {
    try await expect(65, "data/\(images): the file ends inside its IDX header; fetch the file again") {
      $0.files[images]?.removeLast(40 - count)
    }
  }

  @Test("a file cut in its data", arguments: [16, 17, 39])
  func cutData(count: Int) async throws {
    try await expect(
      65,
      "data/\(images): the IDX header declares 24 bytes, but only \(count - 16) are there; fetch the file again"
    ) { $0.files[images]?.removeLast(40 - count) }
  }

  @Test("bytes after the data")
  func trailing() async throws {
    try await expect(
      65, "data/\(images): more bytes follow the 24 that the IDX header declares; fetch the file again"
    ) { $0.files[images]?.append(0) }
  }

  @Test("labels and images of different number")
  func counts() async throws {
    try await expect(
      65, "data/\(labels): 6 labels for the 12 images of data/\(images); use files that belong together"
    ) { $0.files[labels] = idx([6], [0, 1, 2, 0, 1, 2]) }
  }

  @Test("test images of another size than the training images")
  func sizes() async throws {
    try await expect(
      65,
      "data/t10k-images-idx3-ubyte: the images are 2×1 pixels, but the training images 1×2; "
        + "use files that belong together"
    ) { $0.files["t10k-images-idx3-ubyte"] = idx([4, 2, 1], Array(repeating: 0, count: 8)) }
  }

  @Test("a test label above every training label")
  func unknownClass() async throws {
    try await expect(
      65,
      "data/t10k-labels-idx1-ubyte: label 3 at position 2, but the training labels end at 2; "
        + "use files that belong together"
    ) { $0.files["t10k-labels-idx1-ubyte"] = idx([4], [0, 1, 3, 0]) }
  }

  @Test("a limit on open files is named as such")
  func tooManyFiles() async throws {
    let outcome = try await shell(#"ulimit -n 4; "$nettrain" --epochs 0"#)
    #expect(outcome.status == 66)
    #expect(
      outcome.error.hasSuffix(
        ": cannot be read (Too many open files); close other files, or raise the limit on open files\n"),
      "\(outcome.error)")
  }
}
