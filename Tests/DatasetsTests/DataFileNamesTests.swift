import Datasets
import Foundation
import TestSupport
import Testing

@Suite("Names of data files") struct DataFileNamesTests {
  /// Reads what `path` stands for in a folder with the files of some sets.
  private func read(_ path: String, _ sets: SmallData...) throws -> DataFolder {
    try withTemporaryFolder { folder in
      for set in sets { try set.write(to: folder) }
      return try DataFolder(readingFrom: path.isEmpty ? folder : "\(folder)/\(path)")
    }
  }

  /// The fault of reading that.
  private func fault(_ path: String, _ sets: SmallData...) throws -> DataError.Fault? {
    try withTemporaryFolder { folder in
      for set in sets { try set.write(to: folder) }
      do throws(DataError) {
        _ = try DataFolder(readingFrom: "\(folder)/\(path)")
        return nil
      } catch {
        return error.fault
      }
    }
  }

  /// Small data whose training labels end with a class of their own, to tell sets apart.
  private func data(classes: UInt8) -> SmallData {
    var data = SmallData()
    data.files["train-labels-idx1-ubyte"] = idx([12], [classes - 1] + Array(repeating: 0, count: 11))
    return data
  }

  @Test("a path that is no folder is the beginning of the names, with or without its hyphen")
  func prefix() throws {
    let (letters, digits) = (data(classes: 26).named("emnist-letters"), data(classes: 10).named("emnist-digits"))
    for path in ["emnist-letters", "emnist-letters-", "emnist-l", "emnist-letters-t"] {
      let folder = try read(path, letters, digits, SmallData())
      #expect(folder.classCount == 26)
      #expect(folder.path.hasSuffix("/" + path))
    }
    #expect(try read("emnist-digits", letters, digits, SmallData()).classCount == 10)
  }

  @Test("a name that begins another is itself")
  func exactName() throws {
    let sets = (data(classes: 5).named("emnist-by"), data(classes: 6).named("emnist-byclass"))
    #expect(try read("emnist-by", sets.0, sets.1).classCount == 5)
  }

  @Test("in a folder MNIST's own names come first, and else the only set is taken")
  func folder() throws {
    #expect(try read("", data(classes: 3), data(classes: 7).named("emnist-digits")).classCount == 3)
    #expect(try read("", data(classes: 7).named("emnist-digits")).classCount == 7)
  }

  @Test("of several sets none is chosen: their beginnings are told")
  func several() throws {
    let sets = (data(classes: 26).named("emnist-letters"), data(classes: 10).named("emnist-digits"))
    for path in ["", "emnist"] {
      guard case .severalSets(let names) = try fault(path, sets.0, sets.1) else {
        Issue.record("no such fault")
        return
      }
      #expect(names.map { URL(filePath: $0).lastPathComponent } == ["emnist-digits", "emnist-letters"])
    }
  }

  @Test("test stands for t10k without a prefix as well")
  func test() throws {
    var data = SmallData()
    for kind in ["images-idx3", "labels-idx1"] {
      data.files["test-\(kind)-ubyte"] = data.files.removeValue(forKey: "t10k-\(kind)-ubyte")
    }
    #expect(try read("", data).test.count == 4)
  }

  @Test("QMNIST's labels are found under their name, with the classes of MNIST's")
  func qmnist() throws {
    for path in ["", "qmnist"] {
      let folder = try read(path, SmallData().asQMNIST)
      #expect(folder.training.labels == (0..<12).map { UInt8($0 % 3) })
      #expect(folder.test.labels == [0, 1, 2, 0])
    }
  }

  @Test("a missing file is told in the spelling of those that are there")
  func missing() throws {
    var letters = SmallData().named("emnist-letters")
    letters.files["emnist-letters-test-labels-idx1-ubyte.gz"] = nil
    #expect(try fault("emnist-letters", letters) == .noFileNamed("emnist-letters-test-labels-idx1-ubyte"))
    var qmnist = SmallData().asQMNIST
    qmnist.files["qmnist-train-labels-idx2-int.gz"] = nil
    #expect(try fault("qmnist", qmnist) == .noFileNamed("qmnist-train-labels-idx2-int"))
  }

  @Test("a name that nothing begins with, and a folder's that is not there, are no data")
  func nothing() throws {
    #expect(try fault("kmnist", SmallData().named("emnist-letters")) == .noSuchFolder)
    #expect(try fault("emnist-letters/", SmallData().named("emnist-letters")) == .noSuchFolder)
  }

  @Test("files that could stand for one another are told where their contents differ, and only there")
  func copies() throws {
    var data = SmallData()
    let images = "train-images-idx3-ubyte"
    data.files["\(images).gz"] = data.files[images].map { gzip($0) }
    #expect(try read("", data).differingCopies.isEmpty)
    data.files["\(images).gz"] = data.files[images].map { gzip($0.dropLast() + [1]) }
    let copies = try read("", data).differingCopies
    #expect(copies.map { URL(filePath: $0.read).lastPathComponent } == [images])
    #expect(copies.map { URL(filePath: $0.other).lastPathComponent } == ["\(images).gz"])
    data.files["\(images).gz"] = [1, 2, 3]
    #expect(try read("", data).differingCopies.count == 1)
  }

  @Test("labels whose least is 1 are counted from it, unless any label is 0")
  func firstLabel() throws {
    var data = SmallData()
    data.files["train-labels-idx1-ubyte"] = idx([12], (0..<12).map { UInt8($0 % 3 + 1) })
    data.files["t10k-labels-idx1-ubyte"] = idx([4], [1, 2, 3, 3])
    let letters = try read("", data)
    #expect(letters.firstLabel == 1)
    #expect(letters.classCount == 3)
    #expect(letters.training.labels == (0..<12).map { UInt8($0 % 3) })
    #expect(letters.test.labels == [0, 1, 2, 2])
    // A training file may lack a class of a set that begins at 0.
    data.files["t10k-labels-idx1-ubyte"] = idx([4], [1, 0, 3, 3])
    let subset = try read("", data)
    #expect(subset.firstLabel == 0)
    #expect(subset.classCount == 4)
    #expect(subset.test.labels == [1, 0, 3, 3])
    data.files["t10k-labels-idx1-ubyte"] = idx([4], [1, 2, 4, 3])
    #expect(try fault("", data) == .unknownClass(label: 4, position: 2, greatest: 3))
  }
}
