import Foundation
import TestSupport
import Testing

@Suite("Comparisons of the program") struct CompareTests {
  /// A short comparison of two pairs.
  private let briefly = [
    "compare", "--epochs", "2", "--limit", "300", "--hidden", "6", "--pair", "sigmoid:quadratic", "--pair",
    "softmax:cross-entropy", "--seeds", "3", "--quiet",
  ]

  /// The rows of a table in CSV by the names of its columns; no value of these tables has a line break.
  private func rows(_ outcome: Outcome) -> [[String: String]] {
    let names = outcome.lines.first?.split(separator: ",").map(String.init) ?? []
    return outcome.lines.dropFirst().map { line in
      var values: [String] = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: values.append("")
        default: values[values.count - 1].append(character)
        }
      }
      return Dictionary(uniqueKeysWithValues: zip(names, values))
    }
  }

  @Test("the table has the documented columns, and the figures of single runs")
  func table() async throws {
    let outcome = try await run(program, briefly + ["--format", "csv", "--target", "10%"])
    #expect(outcome.status == 0 && outcome.error == "")
    let columns = [
      "variant", "output", "cost", "learning_rate", "seeds", "diverged", "test_accuracy_mean", "test_accuracy_sd",
      "test_accuracy_at_best_mean", "test_accuracy_at_best_sd", "validation_accuracy_at_best_mean", "reference",
      "difference", "difference_low", "difference_high", "general_low", "general_high", "p", "p_holm",
      "only_variant_right", "only_reference_right", "mcnemar_p", "epochs_to_target", "seconds_to_target",
      "cost_quadratic_mean", "cost_cross_entropy_mean", "verdict",
    ]
    #expect(outcome.lines.first == columns.joined(separator: ","))
    let rows = rows(outcome)
    #expect(rows.map { $0["variant"] } == ["sigmoid quadratic", "softmax cross-entropy"])
    #expect(rows.filter { $0["reference"] == "true" }.count == 1)
    for (row, pair) in zip(rows, [["sigmoid", "quadratic"], ["softmax", "cross-entropy"]]) {
      var accuracies: [Double] = []
      var costs: [Double] = []
      for seed in 0..<3 {
        let events = try await nettrain(
          "--epochs", "2", "--limit", "300", "--hidden", "6", "--output", pair[0], "--cost", pair[1], "--seed",
          "\(seed)", "--format", "json", "--quiet"
        ).events()
        accuracies.append(try #require(events.last?["test_accuracy"] as? Double))
        costs.append(try #require(events.last?["test_cost_quadratic"] as? Double))
      }
      let mean = accuracies.reduce(0, +) / 3
      #expect(abs(try #require(Double(row["test_accuracy_mean"] ?? "")) - mean) < 1e-12)
      #expect(abs(try #require(Double(row["cost_quadratic_mean"] ?? "")) - costs.reduce(0, +) / 3) < 1e-12)
    }
  }

  @Test("the table is the same with any number of runs at a time")
  func jobs() async throws {
    let tables = try await [1, 2, 4].asyncMap { jobs in
      try await run(program, briefly + ["--format", "csv", "--jobs", "\(jobs)"]).output
    }
    #expect(!tables[0].isEmpty && tables[0] == tables[1] && tables[0] == tables[2])
  }

  @Test("varied options make a grid of variants, which are named by their values")
  func grid() async throws {
    let outcome = try await nettrain(
      "compare", "--pair", "sigmoid:cross-entropy", "--vary", "hidden=3;4,2", "--vary", "learning-rate=0.1,0.3",
      "--seeds",
      "1", "--epochs", "1", "--limit", "50", "--format", "csv", "--quiet")
    #expect(outcome.status == 0, "\(outcome.error)")
    let rows = rows(outcome)
    #expect(
      rows.map { $0["variant"] } == [
        "sigmoid cross-entropy, hidden 3, learning-rate 0.1", "sigmoid cross-entropy, hidden 3, learning-rate 0.3",
        "sigmoid cross-entropy, hidden 4,2, learning-rate 0.1", "sigmoid cross-entropy, hidden 4,2, learning-rate 0.3",
      ])
    #expect(rows.map { $0["hidden"] } == ["3", "3", "4,2", "4,2"])
    #expect(rows.map { $0["learning_rate"] } == ["0.1", "0.3", "0.1", "0.3"])
    #expect(rows.allSatisfy { $0["verdict"] == ($0["reference"] == "true" ? "reference" : "too few seeds") })
  }

  @Test("the text has at most 80 columns in its table, and a sentence for each variant")
  func text() async throws {
    let outcome = try await run(program, briefly)
    #expect(outcome.lines[0] == "3 seeds, 2 epochs, 300 to train, 666 to validate, 1,000 to test")
    #expect(outcome.lines[3].hasPrefix("variant "))
    for line in outcome.lines[3...5] { #expect(line.count <= 80, "\(line)") }
    #expect(outcome.lines[6].hasPrefix("reference: "))
    #expect(outcome.lines.count == 8)
  }

  @Test("a run that diverges is a result")
  func divergence() async throws {
    let outcome = try await nettrain(
      "compare", "--pair", "linear:quadratic", "--pair", "softmax:cross-entropy", "--learning-rate", "1000", "--seeds",
      "2", "--hidden", "none", "--epochs", "1", "--format", "csv", "--quiet")
    #expect(outcome.status == 0)
    #expect(rows(outcome).map { $0["diverged"] } == ["2", "0"])
    #expect(rows(outcome)[0]["test_accuracy_mean"] == "")
  }

  @Test("--tune chooses among rates by validation accuracy, on other seeds, and reports them")
  func tune() async throws {
    let outcome = try await run(program, briefly + ["--tune", "0.001,0.3,1000"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.lines[2] == "learning rates by validation accuracy on other seeds; p with Holm's correction")
    #expect(
      outcome.lines.filter { $0.contains(", validation accuracy by rate: 0.001: ") && $0.contains("0.3: ") }.count == 2)
    let chosen = try await run(program, briefly + ["--tune", "0.001,0.3,1000", "--format", "csv"])
    #expect(rows(chosen).map { $0["learning_rate"] } == ["0.3", "0.3"])
    let given = try await run(program, briefly + ["--learning-rate", "0.3", "--format", "csv"])
    #expect(given.output == chosen.output, "tuning changes nothing but the rates")
  }

  @Test("a table goes to files as well, in the form that their names say")
  func export() async throws {
    try await withTemporaryFolder { folder in
      let files = ["a.csv", "a.md", "a.json", "a.txt"].map { "\(folder)/\($0)" }
      let outcome = try await run(program, briefly + files.flatMap { ["--export", $0] })
      let csv = try await run(program, briefly + ["--format", "csv"])
      #expect(try String(contentsOfFile: files[0], encoding: .utf8) == csv.output)
      #expect(try String(contentsOfFile: files[1], encoding: .utf8).contains("| variant | rate |"))
      #expect(try jsonLines(String(contentsOfFile: files[2], encoding: .utf8)).count == 2)
      #expect(try String(contentsOfFile: files[3], encoding: .utf8) == outcome.output)
      // Tables are replaced, and other files only with --force.
      let again = try await run(program, briefly + files.flatMap { ["--export", $0] })
      #expect(again.status == 0, "\(again.error)")
      for file in files {
        try makeFile(file, Array("a letter\n".utf8))
        let refused = try await run(program, briefly + ["--export", file])
        #expect(refused.status == 73 && refused.error.contains("this file is not a table that nettrain wrote"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "a letter\n")
        #expect(try await run(program, briefly + ["--export", file, "--force"]).status == 0)
      }
    }
  }

  @Test("the heading has the different numbers of examples and epochs")
  func heading() async throws {
    let options = ["compare", "--pair", "softmax:cross-entropy", "--seeds", "1", "--hidden", "2", "--quiet"]
    let few = try await run(program, options + ["--vary", "limit=100,1000", "--epochs", "1"])
    #expect(few.lines.first == "1 seed, 1 epoch, 100 or 1,000 to train, 666 to validate, 1,000 to test")
    let many = try await run(program, options + ["--limit", "50", "--vary", "epochs=1,2,3,4"])
    #expect(many.lines.first == "1 seed, 1 to 4 epochs, 50 to train, 666 to validate, 1,000 to test")
  }

  @Test(
    "what cannot be compared is wrong usage",
    arguments: [
      (["--pair", "linear:cross-entropy"], "'--pair <pair>': give one of sigmoid:quadratic"),
      (["--seeds", "0"], "give a number of seeds"), (["--seeds", "7-3"], "give a number of seeds"),
      (["--vary", "bogus=1,2"], "--vary bogus=1: Unknown option '--bogus'"),
      (["--vary", "l2=1,,2"], "a value is empty"), (["--vary", "l2=1,1"], "a value occurs twice"),
      (["--vary", "l2"], "give an option and its values"), (["--vary", "l2=-1,0"], "--vary l2=-1: "),
      (["--reference", "tanh"], "--reference tanh: there is no such variant"),
      (["--tune", "--vary", "learning-rate=1,2"], "--tune: the learning rates are those of --vary"),
      (["--tune", "--validation", "0"], "--tune: there are no validation examples"),
      (["--output", "softmax"], "--output: choose the pairs with --pair"),
      (["--vary", "output=softmax"], "--vary output: choose the pairs with --pair"),
      (["--vary", "seed=1,2"], "--vary seed: choose the seeds"), (["--vary", "threads=1,2"], "--vary threads: "),
      (["--vary", "data=a,b"], "--vary data: all variants have the same data"),
      (["--vary", "init-from=a,b"], "--vary init-from: "), (["--vary", "help=1"], "--vary help: give an option"),
      (["--seed", "3"], "--seed: choose the seeds"),
      (["--nope"], "See 'nettrain help train'."),
      (["--vary", "hidden=2,3", "--vary", "hidden=3,4"], "--vary hidden: this option is varied twice"),
      (["--pair", "linear:quadratic", "--pair", "linear:quadratic"], "--pair: linear quadratic is given twice"),
      (
        ["--vary", "learning-rate=1,1.0"], "learning-rate 1\" and \"sigmoid quadratic, learning-rate 1.0\" are the same"
      ),
      (["--vary", "kernel=auto,sparse"], "are the same; leave one out"),
      (
        ["--vary", "l2=\(numbers(2000))", "--vary", "l1=\(numbers(1001))"],
        "--vary l1: there are more than 10,000 variants"
      ),
      (
        ["--vary", "l2=\(numbers(3))", "--seeds", "6667"],
        "--seeds: there are more than 100,000 runs, 6,667 of each of 15"
      ),
      (["--save", "m"], "Unknown option '--save'"), (["--export", "x.pdf"], "--export x.pdf: give a name that ends"),
      (["--jobs", "0"], "give a whole number from 1 on"), (["--target", "2"], "give a fraction"),
    ])
  func usage(options: [String], words: String) async throws {
    let outcome = try await run(program, ["compare", "--epochs", "1", "--limit", "50"] + options)
    #expect(outcome.status == 64, "\(outcome.error)")
    #expect(outcome.error.hasPrefix("nettrain: error: ") && outcome.error.contains(words), "\(outcome.error)")
    #expect(outcome.output == "" && outcome.error.count { $0 == "\n" } == 1)
  }
}

/// The first whole numbers as a list.
private func numbers(_ count: Int) -> String { (1...count).map(String.init).joined(separator: ",") }

extension Array {
  /// The results of a function for each element, one after the other.
  fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
