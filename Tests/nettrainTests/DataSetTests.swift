import Foundation
import TestSupport
import Testing

@Suite("Data sets as their makers name them") struct DataSetTests {
  private let briefly = ["--epochs", "1", "--hidden", "4", "--batch-size", "2"]

  /// Small data with labels from 1.
  private var letters: SmallData {
    var data = SmallData()
    data.files["train-labels-idx1-ubyte"] = idx([12], (0..<12).map { UInt8($0 % 3 + 1) })
    data.files["t10k-labels-idx1-ubyte"] = idx([4], [1, 2, 3, 1])
    return data
  }

  /// The start of a run on a path, in a folder with some sets.
  private func start(_ path: String, _ sets: SmallData...) async throws -> [String: Any] {
    try await withTemporaryFolder { folder in
      for set in sets { try set.write(to: folder) }
      let outcome = try await run(program, briefly + ["--data", path, "--format", "json"], in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      return try #require(try outcome.events().first)
    }
  }

  @Test("sets in one folder are told apart by the beginning of their names")
  func prefix() async throws {
    let start = try await start("emnist-letters", letters.named("emnist-letters"), SmallData().named("emnist-digits"))
    let data = try #require(start["data"] as? [String: Any])
    #expect(data["directory"] as? String == "emnist-letters")
    #expect(data["classes"] as? Int == 3)
    #expect(data["first_label"] as? Int == 1)
    #expect(start["layers"] as? [Int] == [2, 4, 3])
  }

  @Test("QMNIST trains, and its figures are those of the same data in MNIST's form")
  func qmnist() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().asQMNIST.write(to: folder)
      try FileManager.default.createDirectory(atPath: folder + "/mnist", withIntermediateDirectories: false)
      try SmallData().write(to: folder + "/mnist")
      func epochs(_ path: String) async throws -> [String] {
        let outcome = try await run(program, briefly + ["--data", path, "--format", "json"], in: folder)
        return try withoutTimes(Array(outcome.events().dropFirst()))
      }
      let epochs = try await (epochs("qmnist"), epochs("mnist"), epochs("."))
      #expect(epochs.0.count == 2)
      #expect(epochs.0 == epochs.1)
      #expect(epochs.0 == epochs.2)
    }
  }

  @Test("labels from 1 are noted, told in the header, kept in the model, and resumed")
  func firstLabel() async throws {
    try await withTemporaryFolder { folder in
      try letters.named("emnist-letters").write(to: folder)
      let outcome = try await run(
        program,
        briefly + ["--data", "emnist-letters", "--validation", "3", "--save", "model", "--checkpoint", "checkpoint"],
        in: folder)
      #expect(outcome.status == 0)
      #expect(
        outcome.error
          == "nettrain: note: the labels of emnist-letters begin at 1, which is class 0 here: there are 3 classes\n")
      #expect(
        outcome.lines[0] == "data      emnist-letters: images of 1×2 pixels in 3 classes, labels from 1")
      #expect(String(decoding: try contents(folder + "/model"), as: UTF8.self).contains(#"\"first_label\":1"#))
      let resumed = try await nettrain("resume", "checkpoint", "--epochs", "2", in: folder)
      #expect(resumed.status == 0, "\(resumed.error)")
    }
  }

  @Test("every command that reads data takes the beginning of their names, and so does NETTRAIN_DATA")
  func commands() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().named("emnist-digits").write(to: folder)
      for arguments in [
        ["train", "--epochs", "1", "--data", "emnist-digits"], ["slowdown", "--data", "emnist-digits"],
        ["verify", "--claim", "exercise-1", "--data", "emnist-digits"],
      ] {
        let outcome = try await run(program, arguments, in: folder)
        #expect(outcome.status == 0, "\(outcome.error)")
      }
      let variable = try await nettrain(
        "--epochs", "1", environment: ["NETTRAIN_DATA": folder + "/emnist-digits"], in: folder)
      #expect(variable.status == 0, "\(variable.error)")
      #expect(variable.output.contains("in 3 classes"))
    }
  }

  @Test("of a plain and a gzipped file that differ, the one that is read is told")
  func copies() async throws {
    try await withTemporaryFolder { folder in
      var data = SmallData()
      let labels = "t10k-labels-idx1-ubyte"
      data.files[labels + ".gz"] = gzip(idx([4], [0, 1, 2, 1]))
      try data.write(to: folder)
      let outcome = try await run(program, briefly + ["--data", ".", "--validation", "3"], in: folder)
      #expect(outcome.status == 0)
      #expect(
        outcome.error
          == "nettrain: note: ./\(labels) and ./\(labels).gz differ; the first is read, so remove one of them\n")
    }
  }

  @Test("the remedy for a missing file speaks of the set that was asked for")
  func missing() async throws {
    try await withTemporaryFolder { folder in
      var data = SmallData().named("emnist-letters")
      data.files["emnist-letters-test-images-idx3-ubyte.gz"] = nil
      try data.write(to: folder)
      let outcome = try await nettrain("--data", "emnist-letters", in: folder)
      #expect(outcome.status == 66)
      #expect(
        outcome.error
          == "nettrain: error: emnist-letters: the folder has no emnist-letters-test-images-idx3-ubyte[.gz]; "
          + "put it there\n")
      for name in ["fashion-mnist", "kmnist"] {
        #expect(try await !nettrain("--data", name, in: folder).error.contains("fetch-mnist"))
      }
      #expect(try await nettrain("--data", "mnist", in: folder).error.contains("scripts/fetch-mnist"))
    }
  }

  @Test(
    "a ~ that no shell has replaced is hinted at, wherever a file is named",
    arguments: [
      (["--data", "~/mnist"], 66), (["--init-from", "~/model"], 66), (["resume", "~/checkpoint"], 66),
      (["--save", "~/model"], 73), (["--save-best", "~/model"], 73), (["--checkpoint", "~/checkpoint"], 73),
      (["--log", "~/log"], 73), (["verify", "--data", "~/mnist"], 66), (["slowdown", "--data", "~/mnist"], 66),
    ])
  func tilde(arguments: [String], status: Int) async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await run(program, arguments, in: folder)
      #expect(outcome.status == status)
      let hint = " (no shell has replaced the ~: write $HOME in its place, or take it out of the quotes)\n"
      #expect(outcome.error.hasSuffix(hint), "\(outcome.error)")
      #expect(outcome.error.count { $0 == "\n" } == 1)
    }
  }

  @Test("a folder that is called ~ gets no such hint, nor does another name")
  func noTilde() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/~", withIntermediateDirectories: false)
      #expect(try await !nettrain("--data", "~/mnist", in: folder).error.contains("no shell"))
      #expect(try await !nettrain("--data", "a~/mnist", in: folder).error.contains("no shell"))
    }
  }
}
