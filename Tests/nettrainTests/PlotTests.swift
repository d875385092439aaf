import Foundation
import TestSupport
import Testing

@Suite("nettrain plot") struct PlotTests {
  /// Makes logs of short runs: of two variants with two seeds each, in the folder `logs`.
  private func makeLogs(in folder: String, _ options: [String] = []) async throws {
    try FileManager.default.createDirectory(atPath: folder + "/logs", withIntermediateDirectories: false)
    for (name, cost) in [("c", "cross-entropy"), ("q", "quadratic")] {
      for seed in ["0", "1"] {
        let outcome = try await run(
          program,
          [
            "--epochs", "4", "--limit", "100", "--hidden", "4", "--quiet", "--cost", cost, "--seed", seed, "--log",
            "logs/\(name)\(seed).jsonl",
          ] + options, in: folder)
        try #require(outcome.status == 0, "\(outcome.error)")
      }
    }
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  /// Replaces a text in a log.
  private func edit(_ path: String, _ old: String, _ new: String, to other: String? = nil) throws {
    let log = try text(path)
    try #require(log.contains(old))
    try makeFile(other ?? path, Array(log.replacing(old, with: new).utf8))
  }

  @Test("the points are means and standard deviations of the logs, in CSV")
  func points() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder)
      let outcome = try await nettrain("plot", "logs", "--y", "test-accuracy,train-cost", "--data", "-", in: folder)
      #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
      var expected: [[String]] = []
      for (metric, key) in [("test-accuracy", "test_accuracy"), ("train-cost", "train_cost")] {
        for (variant, name) in [("softmax cross-entropy", "c"), ("softmax quadratic", "q")] {
          let logs = try (0..<2).map { try jsonLines(text("\(folder)/logs/\(name)\($0).jsonl")) }
          for epoch in 1...4 {
            let values = try logs.map { try #require($0[epoch][key] as? Double) }
            let seconds = try logs.map { log in
              try (1...epoch).map { try #require(log[$0]["seconds"] as? Double) }.reduce(0, +)
            }
            // Of two numbers it is |x₁ − x₂|/√2.
            let deviation = abs(values[0] - values[1]) / 2.0.squareRoot()
            expected.append([
              variant, metric, "\(epoch)", "\(seconds.reduce(0, +) / 2)", "\(values.reduce(0, +) / 2)", "\(deviation)",
              "2",
            ])
          }
        }
      }
      #expect(outcome.lines.first == "variant,y,epoch,seconds,mean,deviation,seeds")
      let rows = outcome.lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
      try #require(rows.count == expected.count)
      for (row, other) in zip(rows, expected) {
        for (cell, otherCell) in zip(row, other) {
          if let number = Double(cell), let otherNumber = Double(otherCell) {
            #expect(abs(number - otherNumber) <= 1e-6, "\(row) \(other)")
          } else {
            #expect(cell == otherCell)
          }
        }
      }
      let file = try await nettrain("plot", "logs", "--y", "test-accuracy,train-cost", "--data", "points", in: folder)
      #expect(file.status == 0 && file.output.hasPrefix("test accuracy, %\n"))
      #expect(try text(folder + "/points") == outcome.output)
      #expect(try await nettrain("plot", "logs", "--data", "points", in: folder).status == 0, "replaces its own")
    }
  }

  @Test("the terminal has a panel for each figure, a letter for each variant, and lines that fit")
  func terminal() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder)
      let command = "\"$nettrain\" plot logs --y test-accuracy,test-cost --title 'Two costs'"
      let outcome = try await shell(command, in: folder)
      #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
      let lines = outcome.lines
      #expect(lines[0] == "Two costs" && lines[1] == "test accuracy, %")
      #expect(lines.count { $0.contains("+---") } == 2 && lines.count { $0 == "at epoch 4, 2 seeds:" } == 2)
      let end = /a  softmax cross-entropy: \d+\.\d\d ± \d+\.\d\d %/
      #expect(try lines.contains { try end.wholeMatch(in: $0) != nil })
      #expect(lines.count { $0.hasPrefix("b  softmax quadratic: ") } == 2)
      #expect(lines.allSatisfy { $0.count <= 80 })
      let rates = try await nettrain("plot", "logs", "--y", "learning-rate,penalty", in: folder)
      #expect(rates.lines.contains("a  softmax cross-entropy: 0.1 ± 0"), "\(rates.output)")
      #expect(rates.lines.contains { $0.hasPrefix(" 1.0 |") }, "an axis for a penalty of 0")
      let narrow = try await shell(
        "script --quiet --return --command \"stty columns 40; \(command.replacing("\"", with: "\\\""))\" /dev/null </dev/null",
        in: folder)
      // A terminal has lines end with a carriage return as well.
      let narrowLines = narrow.output.split(whereSeparator: \.isNewline)
      #expect(narrowLines.count > 30 && narrowLines.allSatisfy { $0.count <= 40 }, "\(narrow.output)")
    }
  }

  @Test("epochs that were not evaluated have no point; --from-epoch leaves epochs out")
  func epochs() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder, ["--evaluate-every", "3"])
      func epochs(_ options: String...) async throws -> [String] {
        try await run(program, ["plot", "logs/c0.jsonl", "--data", "-"] + options, in: folder).lines.dropFirst()
          .map { String($0.split(separator: ",")[2]) }
      }
      #expect(try await epochs() == ["3", "4"])
      #expect(try await epochs("--y", "train-cost") == ["1", "2", "3", "4"])
      #expect(try await epochs("--from-epoch", "4") == ["4"])
    }
  }

  @Test("runs that diverged are told of, and their curves end")
  func diverged() async throws {
    try await withTemporaryFolder { folder in
      let diverging = [
        "--precision", "single", "--batch-size", "3334", "--learning-rate", "1e38", "--epochs", "5", "--quiet",
      ]
      _ = try await run(program, diverging + ["--log", "d.jsonl"], in: folder)
      let outcome = try await nettrain("plot", "d.jsonl", "--y", "learning-rate", "--data", "-", in: folder)
      #expect(outcome.status == 0 && outcome.lines.count == 2, "the run diverged in its second epoch")
      #expect(
        outcome.error == "nettrain: note: softmax cross-entropy: 1 of 1 run diverged; the curve ends there\n")
    }
  }

  @Test("what cannot be drawn is refused in one line, and what is left out is named with status 1")
  func faults() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder, ["--validation", "0"])
      try makeFile(folder + "/letter", Array("a letter\n".utf8))
      try FileManager.default.createDirectory(atPath: folder + "/empty", withIntermediateDirectories: false)
      _ = try await nettrain("--epochs", "0", "--log", "untrained.jsonl", "--quiet", in: folder)
      for (arguments, status, words) in [
        (["none"], 66, "none"), (["empty"], 65, "no log of a finished run"), ([], 64, "<log>"),
        (["untrained.jsonl"], 65, "no epochs"), (["logs", "--y", "loss"], 64, "test-accuracy"),
        (["logs", "--y", "penalty,penalty"], 64, "twice"), (["logs", "--x", "hours"], 64, "--x"),
        (["logs", "--from-epoch", "5"], 64, "the last epoch of these runs is 4"),
        (["logs", "--y", "validation-cost"], 65, "--y validation-cost"),
        (["logs", "--y", "penalty", "--log-scale"], 64, "--log-scale"),
        (["logs", "--picture", "p.jpg"], 64, ".svg, .png or .pdf"), (["logs", "--data", "letter"], 73, "--force"),
        (["logs", "--data", "logs/c0.jsonl", "--force"], 73, "for something else"),
        (["logs", "--data", "none/points"], 73, "none/points"),
        (["logs", "--data", "a.svg", "--picture", "a.svg"], 64, "own"),
      ] {
        let outcome = try await run(program, ["plot"] + arguments, in: folder)
        #expect(outcome.status == status, "\(arguments): \(outcome.error)")
        #expect(outcome.error.count { $0 == "\n" } == 1 && outcome.error.contains(words), "\(outcome.error)")
        #expect(outcome.output == "")
      }
      let incomplete = try await nettrain("plot", "logs", "letter", in: folder)
      #expect(incomplete.status == 1 && incomplete.output.hasPrefix("test accuracy"))
      #expect(incomplete.error.hasPrefix("nettrain: note: letter: this is not a log"), "\(incomplete.error)")
      let without = try await nettrain("plot", "logs", "--picture", "p.svg", environment: ["PATH": folder], in: folder)
      #expect(without.status == 69 && without.error.contains("apt-get install gnuplot-nox"), "\(without.error)")
    }
  }

  @Test("figures that no run has are drawn or left out, and end the program in no other way")
  func extremes() async throws {
    try await withTemporaryFolder { folder in
      _ = try await nettrain(
        "--epochs", "3", "--limit", "50", "--hidden", "2", "--quiet", "--log", "0.jsonl", in: folder)
      let log = try text(folder + "/0.jsonl").split(separator: "\n")
      for figures in [
        ["5", "-1", "7"], ["-5", "-1", "-7"], ["1e308", "-1e308", "1.7e308"], ["5e-324", "1e-320", "0"],
      ] {
        let epochs = zip(1..., figures).map { epoch, figure in
          #"{"event":"epoch","epoch":\#(epoch),"seconds":\#(figure),"test_accuracy":\#(figure),"test_cost":\#(figure)}"#
        }
        let lines = [String(log[0])] + epochs + [String(log[4])]
        try makeFile(folder + "/0.jsonl", Array(lines.map { $0 + "\n" }.joined().utf8))
        for options in [[], ["--log-scale"], ["--x", "seconds"], ["--from-epoch", "3"], ["--data", "-"]] {
          for metric in ["test-accuracy", "test-cost"] {
            let outcome = try await run(program, ["plot", "0.jsonl", "--y", metric] + options, in: folder)
            let isAbove = outcome.error.contains("is above 0")
            #expect(outcome.status == (isAbove ? 64 : 0), "\(figures) \(options): \(outcome.error)")
          }
        }
      }
    }
  }

  @Test("more variants than kinds of lines are refused, but their points are written")
  func many() async throws {
    try await withTemporaryFolder { folder in
      _ = try await nettrain(
        "--epochs", "1", "--limit", "50", "--hidden", "2", "--quiet", "--log", "0.jsonl", in: folder)
      for index in 1...21 {
        try edit(
          folder + "/0.jsonl", #""learning_rate":0.1,"learning_rate_decay""#,
          #""learning_rate":\#(index),"learning_rate_decay""#, to: "\(folder)/\(index).jsonl")
      }
      let outcome = try await nettrain("plot", ".", in: folder)
      #expect(outcome.status == 64 && outcome.error.contains("22 variants, and only 21 kinds"), "\(outcome.error)")
      #expect(try await nettrain("plot", ".", "--data", "-", in: folder).lines.count == 23)
      try FileManager.default.removeItem(atPath: folder + "/21.jsonl")
      #expect(try await nettrain("plot", ".", in: folder).status == 0)
    }
  }
}
