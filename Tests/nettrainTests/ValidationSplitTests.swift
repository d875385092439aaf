import Foundation
import TestSupport
import Testing

@Suite("Classes that train and validate") struct ValidationSplitTests {
  private let briefly = ["--epochs", "1", "--hidden", "4", "--batch-size", "2"]

  /// Small data of 12 training examples whose labels are sorted: four of each class.
  private var sorted: SmallData {
    var data = SmallData()
    data.files["train-labels-idx1-ubyte"] = idx([12], (0..<12).map { UInt8($0 / 4) })
    return data
  }

  /// What a run on some data says, in a folder of its own.
  private func run(_ data: SmallData, _ arguments: String...) async throws -> Outcome {
    try await withTemporaryFolder { folder in
      try data.write(to: folder)
      return try await TestSupport.run(program, briefly + ["--data", "."] + arguments, in: folder)
    }
  }

  @Test("a stratified split is told in the header and in the start, with the examples of each class")
  func told() async throws {
    let text = try await run(sorted, "--validation", "6", "--validation-split", "stratified")
    #expect(text.status == 0 && text.error == "")
    #expect(
      Array(text.lines[2...4]) == [
        "split     stratified, drawn from each class by the seed; of classes 0 to 2:", "train     2 2 2",
        "validate  2 2 2",
      ])
    let json = try await run(sorted, "--validation", "6", "--validation-split", "stratified", "--format", "json")
    let start = try json.events()[0]
    #expect(start["validation_split"] as? String == "stratified")
    let data = try #require(start["data"] as? [String: Any])
    #expect(data["train_per_class"] as? [Int] == [2, 2, 2])
    #expect(data["validation_per_class"] as? [Int] == [2, 2, 2])
    #expect(data["test_per_class"] as? [Int] == [2, 1, 1])
  }

  @Test("a stratified run that is resumed ends in the bits of one that was not stopped")
  func resumed() async throws {
    try await withTemporaryFolder { folder in
      let options = ["--validation-split", "stratified", "--seed", "5", "--hidden", "5"]
      let whole = try await TestSupport.run(program, options + ["--epochs", "3", "--save", "whole"], in: folder)
      #expect(whole.status == 0)
      let part = try await TestSupport.run(
        program, options + ["--epochs", "1", "--checkpoint", "checkpoint", "--log", "log"], in: folder)
      #expect(part.status == 0)
      let rest = try await nettrain(
        "resume", "checkpoint", "--epochs", "3", "--save", "rest", "--log", "log", "--validation", "1", in: folder)
      #expect(rest.status == 64, "the split is settled")
      let resumed = try await nettrain(
        "resume", "checkpoint", "--epochs", "3", "--save", "rest", "--log", "log", in: folder)
      #expect(resumed.status == 0, "\(resumed.error)")
      // Configurations differ in no choice.
      #expect(try contents(folder + "/whole") == contents(folder + "/rest"))
    }
  }

  @Test("classes that the tail takes away are noted for either part, with the remedy")
  func sortedFile() async throws {
    let outcome = try await run(sorted, "--validation", "5")
    #expect(
      outcome.error == """
        nettrain: note: class 2 has no training example (0: 4, 1: 3)
        nettrain: note: class 0 has no validation example (1: 1, 2: 4); --validation-split stratified holds out as many \
        of each class as its share

        """)
    #expect(try await run(sorted, "--validation", "5", "--quiet").error == "")
    #expect(try await run(sorted, "--validation", "5", "--validation-split", "stratified").error == "")
  }

  @Test("the set that trains is the one after the limit, where a stratified split does not help")
  func limit() async throws {
    let outcome = try await run(sorted, "--validation", "6", "--validation-split", "stratified", "--limit", "2")
    #expect(outcome.error == "nettrain: note: classes 1 and 2 have no training example (0: 2)\n")
    let mixed = try await run(SmallData(), "--validation", "6", "--limit", "2")
    #expect(mixed.error == "nettrain: note: class 2 has no training example (0: 1, 1: 1)\n")
    let none = try await run(sorted, "--validation", "0", "--limit", "8")
    #expect(none.error == "nettrain: note: class 2 has no training example (0: 4, 1: 4)\n")
  }

  @Test("a usual set has no note, in any command that trains on it")
  func usual() async throws {
    for arguments in [["--epochs", "0"], ["--epochs", "0", "--limit", "100"], ["slowdown", "--network-epochs", "1"]] {
      #expect(try await TestSupport.run(program, arguments).error == "")
    }
  }

  @Test("slowdown notes classes that its network does not see, and resume those of its run")
  func commands() async throws {
    try await withTemporaryFolder { folder in
      try sorted.write(to: folder)
      let slowdown = try await nettrain("slowdown", "--network-epochs", "1", "--data", ".", in: folder)
      #expect(slowdown.error == "nettrain: note: classes 0 and 1 have no validation example (2: 2)\n")
      _ = try await TestSupport.run(program, briefly + ["--data", ".", "--checkpoint", "checkpoint"], in: folder)
      let resumed = try await nettrain("resume", "checkpoint", "--epochs", "2", in: folder)
      #expect(
        resumed.error == """
          nettrain: note: resuming after epoch 1 of checkpoint
          nettrain: note: classes 0 and 1 have no validation example (2: 2)

          """)
    }
  }
}
