import Datasets
import Foundation
import TestSupport
import Testing

@Suite("Data folders") struct DataFolderTests {
  /// Files of a folder that can be read: 4 training and 2 test images of 1×2 pixels.
  private let files: [String: [UInt8]] = [
    "train-images-idx3-ubyte": idx([4, 1, 2], [0, 1, 2, 3, 4, 5, 6, 7]),
    "train-labels-idx1-ubyte": idx([4], [0, 2, 1, 0]),
    "t10k-images-idx3-ubyte": idx([2, 1, 2], [8, 9, 10, 11]),
    "t10k-labels-idx1-ubyte": idx([2], [2, 1]),
  ]

  /// Reads a folder with these files.
  private func read(_ files: [String: [UInt8]]) throws -> DataFolder {
    try withTemporaryFolder { folder in
      for (name, bytes) in files { try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)")) }
      return try DataFolder(readingFrom: folder)
    }
  }

  /// The fault found in a folder with these files.
  private func fault(_ files: [String: [UInt8]]) throws -> DataError.Fault? {
    do {
      _ = try read(files)
      return nil
    } catch let error as DataError {
      return error.fault
    }
  }

  @Test("the four files are read and the classes counted")
  func layout() throws {
    let folder = try read(files)
    #expect(folder.training.count == 4)
    #expect(folder.training.pixelCount == 2)
    #expect(folder.training.imageSize == "1×2")
    #expect(folder.test.labels == [2, 1])
    #expect(folder.classCount == 3)
  }

  @Test("names with a dot and gzipped files are found as well")
  func spellings() throws {
    var others: [String: [UInt8]] = [:]
    for (name, bytes) in files {
      others[name.replacingOccurrences(of: "-idx", with: ".idx")] = bytes
    }
    #expect(try read(others).classCount == 3)
    let compressed = files.map { ($0 + ".gz", gzip($1)) }
    #expect(try read(Dictionary(uniqueKeysWithValues: compressed)).classCount == 3)
    // Browsers decompress files and keep the name.
    let misnamed = files.map { ($0 + ".gz", $1) }
    #expect(try read(Dictionary(uniqueKeysWithValues: misnamed)).classCount == 3)
  }

  @Test(
    "each missing file is named",
    arguments: ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"])
  func missingFile(name: String) throws {
    var files = files
    files["\(name)-ubyte"] = nil
    #expect(try fault(files) == .noFileNamed("\(name)-ubyte"))
  }

  @Test("a folder that is not there, and a file in its place, are refused")
  func noFolder() throws {
    #expect(throws: DataError(path: "/nowhere", fault: .noSuchFolder)) {
      try DataFolder(readingFrom: "/nowhere")
    }
    try withTemporaryFile([1]) { path in
      _ = #expect(throws: DataError(path: path, fault: .notAFolder)) { try DataFolder(readingFrom: path) }
    }
  }

  @Test("a different number of labels than images is refused")
  func counts() throws {
    var files = files
    files["train-labels-idx1-ubyte"] = idx([3], [0, 2, 1])
    guard case .countsDiffer(labels: 3, images: 4, let imageFile) = try fault(files) else {
      Issue.record("no such fault")
      return
    }
    #expect(imageFile.hasSuffix("train-images-idx3-ubyte"))
  }

  @Test("test images of another size are refused")
  func sizes() throws {
    var files = files
    files["t10k-images-idx3-ubyte"] = idx([2, 2, 1], [8, 9, 10, 11])
    #expect(try fault(files) == .imageSizesDiffer(test: "2×1", training: "1×2"))
  }

  @Test("counts and sizes are compared before anything beyond the headers is read")
  func headersFirst() throws {
    var files = files
    // The data of these files are missing, so that reading them would be another fault.
    for (name, dimensions) in [("t10k-images-idx3", [2, 1, 2]), ("t10k-labels-idx1", [2]), ("train-labels-idx1", [4])] {
      files["\(name)-ubyte"] = idx(dimensions, [])
    }
    files["train-images-idx3-ubyte"] = idx([4, 2, 1], [])
    #expect(try fault(files) == .imageSizesDiffer(test: "1×2", training: "2×1"))
    files["train-images-idx3-ubyte"] = idx([3, 1, 2], [])
    guard case .countsDiffer(labels: 4, images: 3, _) = try fault(files) else {
      Issue.record("no such fault")
      return
    }
  }

  @Test("the announced sizes are known before the files are read")
  func announced() throws {
    try withTemporaryFolder { folder in
      for (name, bytes) in files { try makeFile("\(folder)/\(name)", bytes) }
      let files = try DataFiles(openedIn: folder)
      #expect(files.trainingImages.dimensions == [4, 1, 2])
      #expect(files.testImages.dimensions == [2, 1, 2])
      #expect(try files.read().training.count == 4)
    }
  }

  @Test("a test label above every training label is refused, and its place told")
  func unknownClass() throws {
    var files = files
    files["t10k-labels-idx1-ubyte"] = idx([2], [2, 3])
    #expect(try fault(files) == .unknownClass(label: 3, position: 1, greatest: 2))
  }
}
