import TestSupport
import Testing

/// The options for methods of training, through the program.
@Suite("Options for methods") struct MethodOptionTests {
  @Test(
    "methods that do not fit together, or not the network or the data, are refused with one line",
    arguments: [
      (
        ["--dropout", "0.2,0.5"],
        "--dropout 0.2,0.5: the network has 1 hidden layer; give one share, or one for each"
      ),
      (
        ["--hidden", "20,15,12", "--dropout", "0.2,0.5"],
        "--dropout 0.2,0.5: the network has 3 hidden layers; give one share, or one for each"
      ),
      (
        ["--hidden", "none", "--dropout", "0.5"],
        "--dropout 0.5: the network has no hidden layer to leave neurons out of; choose one with --hidden"
      ),
      (
        ["--halvings", "7"],
        "--halvings: the learning rate is halved when patience is over; say with --patience after how many epochs"
      ),
      (
        ["--patience", "10", "--halvings", "7", "--validation", "0"],
        "--patience: there are no validation examples to choose by; ask for some with --validation"
      ),
      (
        ["--optimizer", "adam", "--momentum", "0.5"],
        "--momentum: adam has moments of its own; leave --momentum out, or choose --optimizer sgd"
      ),
    ])
  func refused(arguments: [String], fault: String) async throws {
    let outcome = try await run(program, arguments)
    #expect(outcome.status == 64)
    #expect(outcome.error == "nettrain: error: \(fault)\n")
    #expect(outcome.output == "")
  }

  @Test("one share of dropout stands for all hidden layers, and 0 is none")
  func dropout() async throws {
    let both = try await nettrain("--hidden", "20,15", "--dropout", "0.5", "--epochs", "0", "--format", "json")
    #expect(try both.events().first?["dropout"] as? [Double] == [0.5, 0.5])
    let none = try await nettrain("--hidden", "none", "--dropout", "0", "--epochs", "0", "--format", "json")
    #expect(try none.events().first?["dropout"] as? [Double] == [])
  }

  @Test("the log shows the rate of each epoch, halved when patience is over, and the run ends after the last halving")
  func halvings() async throws {
    let outcome = try await nettrain(
      "--epochs", "50", "--limit", "100", "--learning-rate", "1e-9", "--patience", "2", "--halvings", "2", "--format",
      "json")
    let events = try outcome.events()
    let rates = events.compactMap { $0["event"] as? String == "epoch" ? $0["learning_rate"] as? Double : nil }
    #expect(rates == [1e-9, 1e-9, 1e-9, 0.5e-9, 0.5e-9, 0.25e-9, 0.25e-9])
    #expect(events.last?["status"] as? String == "out_of_patience")
    #expect(outcome.status == 0)
  }

  @Test("patience of a run whose rate is halved cannot be changed when it is resumed")
  func resumedHalvings() async throws {
    try await withTemporaryFolder { folder in
      let begun = try await run(
        program,
        [
          "--limit", "100", "--epochs", "3", "--patience", "2", "--halvings", "2", "--checkpoint", folder + "/c",
          "--quiet",
        ])
      #expect(begun.status == 0)
      let outcome = try await run(program, ["resume", folder + "/c", "--patience", "3"])
      #expect(outcome.status == 78)
      #expect(outcome.error.contains("--patience is 3 and was 2, by which the learning rate has been halved"))
    }
  }

  @Test(
    "epochs that are not evaluated have null and empty figures, in text a dash, and the best epoch is an evaluated one")
  func evaluateEvery() async throws {
    let options = ["--limit", "200", "--epochs", "5", "--evaluate-every", "2", "--quiet"]
    let events = try await run(program, options + ["--format", "json"]).events()
    let epochs = events.filter { $0["event"] as? String == "epoch" }
    #expect(epochs.map { $0["test_accuracy"] is Double } == [false, true, false, true, true])
    #expect(epochs.map { $0["validation_cost"] is Double } == [false, true, false, true, true])
    #expect(epochs.allSatisfy { $0["train_cost"] is Double && $0["seconds"] is Double })
    #expect([2, 4, 5].contains(events.last?["best_epoch"] as? Int))
    let text = try await run(program, options)
    let row = try #require(text.lines.first { $0.hasPrefix("    1 ") })
    #expect(row.split(separator: " ").count { $0 == "-" } == 4)
    let table = try await run(program, options + ["--format", "csv"])
    #expect(table.lines.count == 6 && table.lines[1].contains(",,,,"))
  }

  @Test("a log with epochs that were not evaluated is continued, and summarized like any other")
  func evaluateEveryResumed() async throws {
    try await withTemporaryFolder { folder in
      func logs(_ name: String) -> [String] { ["--log", folder + "/\(name).jsonl", "--quiet"] }
      let options = ["--limit", "200", "--evaluate-every", "3"]
      let whole = try await run(program, options + ["--epochs", "8"] + logs("whole"))
      let begun = try await run(
        program, options + ["--epochs", "8", "--checkpoint", folder + "/c", "--require-accuracy", "0"] + logs("begun"))
      let resumed = try await run(program, ["resume", folder + "/c"] + logs("begun"))
      #expect([whole.status, begun.status, resumed.status] == [0, 0, 0])
      let summary = try await run(
        program, ["summarize", folder + "/whole.jsonl", "--target", "0.1", "--format", "csv"])
      #expect(summary.status == 0, "\(summary.error)")
      let row = try #require(summary.lines.last?.split(separator: ",", omittingEmptySubsequences: false))
      let names = summary.lines[0].split(separator: ",")
      #expect(row[try #require(names.firstIndex(of: "epochs_to_target"))] == "3", "the first evaluated epoch")
    }
  }

  @Test("--expand trains on five times the images, which the header and the log tell, and is resumed")
  func expand() async throws {
    try await withTemporaryFolder { folder in
      let options = ["--limit", "300", "--epochs", "2", "--expand"]
      let text = try await run(program, options + ["--checkpoint", folder + "/c"])
      #expect(text.lines[1] == "examples  1,500 to train (expanded from 300), 666 to validate, 1,000 to test")
      let resumed = try await nettrain("resume", folder + "/c", "--epochs", "3", "--format", "json")
      let start = try #require(try resumed.events().first)
      #expect(start["expand"] as? Bool == true && start["limit"] as? Int == 300)
      #expect((start["data"] as? [String: Any])?["train"] as? Int == 1500)
      let whole = try await run(program, ["--limit", "300", "--epochs", "3", "--expand", "--format", "json"])
      #expect(
        try resumed.events().last?["test_correct"] as? String == whole.events().last?["test_correct"] as? String)
    }
  }

  @Test(
    "rectifiers that die, whose outputs are the same for all images, or diverge are never reported as if they had learned",
    arguments: [["1"], ["10"], ["1000"], ["30", "--output", "sigmoid", "--cost", "quadratic"], ["1e300"]])
  func deadRectifiers(rate: [String]) async throws {
    let outcome = try await run(program, ["--activation", "relu", "--epochs", "3", "--learning-rate"] + rate)
    let isNoted =
      outcome.error.contains("all test images get the same outputs: the neurons are saturated or dead")
      || outcome.error.contains("the first epoch raised the cost")
    #expect(outcome.status == 3 || isNoted, "\(outcome.output)\n\(outcome.error)")
  }
}
