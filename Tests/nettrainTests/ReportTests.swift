import Foundation
import TestSupport
import Testing

@Suite("Reports") struct ReportTests {
  private let epochKeys: Set = [
    "event", "epoch", "learning_rate", "train_cost", "train_accuracy", "validation_cost", "validation_accuracy",
    "test_cost",
    "test_accuracy", "penalty", "seconds", "evaluation_seconds",
  ]

  @Test("JSON Lines are a start, an epoch each and an end, with the documented keys")
  func json() async throws {
    let outcome = try await nettrain(
      "--format", "json", "--epochs", "2", "--seed", "7", "--cost", "quadratic", "--output", "sigmoid", "--hidden",
      "20,15", "--l2", "0.5", "--batch-size", "20", "--kernel", "sparse", "--precision", "single", "--limit", "400")
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    let events = try outcome.events()
    try #require(events.map { $0["event"] as? String } == ["start", "epoch", "epoch", "end"])

    let start = events[0]
    #expect(start["schema"] as? Int == 2)
    #expect(start["version"] as? String == "0.2.0")
    #expect(start["seed"] as? Int == 7)
    #expect(start["cost"] as? String == "quadratic")
    #expect(start["output"] as? String == "sigmoid")
    #expect(start["layers"] as? [Int] == [784, 20, 15, 10])
    #expect(start["hidden"] as? [Int] == [20, 15])
    #expect(start["parameters"] as? Int == 784 * 20 + 20 + 20 * 15 + 15 + 15 * 10 + 10)
    #expect(start["activation"] as? String == "sigmoid")
    #expect(start["init"] as? String == "scaled")
    for name in ["init_from", "patience"] { #expect(start[name] is NSNull, "\(name)") }
    #expect(start["limit"] as? Int == 400)
    #expect(start["validation"] as? Int == 666)
    #expect(start["shuffle"] as? Bool == true)
    #expect(start["label_smoothing"] as? Double == 0)
    #expect(start["softmax_scale"] as? Double == 1)
    #expect(start["saturation"] as? Bool == false)
    #expect(start["learning_rate"] as? Double == 3)
    #expect(start["batch_size"] as? Int == 20)
    #expect(start["epochs"] as? Int == 2)
    #expect(start["l2"] as? Double == 0.5)
    #expect(start["precision"] as? String == "single")
    #expect(start["threads"] as? Int == 1)
    #expect(start["kernel"] as? String == "sparse")
    #expect(try #require(start["density"] as? Double) > 0.15)
    #expect(["AVX-512", "AVX2", "portable"].contains(start["instructions"] as? String))
    #expect(try #require(start["blas"] as? String).hasPrefix("OpenBLAS 0."))
    let data = try #require(start["data"] as? [String: Any])
    #expect(data["directory"] as? String == root + "/data")
    #expect(data["train"] as? Int == 400)
    #expect(data["validation"] as? Int == 666)
    #expect(data["test"] as? Int == 1000)
    #expect(data["classes"] as? Int == 10)
    #expect(data["first_label"] as? Int == 0)
    for (part, count) in [("train", 400), ("validation", 666), ("test", 1000)] {
      let perClass = try #require(data["\(part)_per_class"] as? [Int])
      #expect(perClass.count == 10 && perClass.reduce(0, +) == count)
    }
    #expect(start["validation_split"] as? String == "tail")
    let documented = try String(contentsOfFile: root + "/data/README.md", encoding: .utf8)
    let sums = try #require(data["sha256"] as? [String: String])
    #expect(sums.keys.sorted() == ["test_images", "test_labels", "train_images", "train_labels"])
    for sum in sums.values { #expect(documented.contains(sum)) }

    for (index, event) in events[1...2].enumerated() {
      #expect(Set(event.keys) == epochKeys)
      #expect(event["epoch"] as? Int == index + 1)
      #expect(try #require(event["penalty"] as? Double) > 0)
      #expect((0...1).contains(try #require(event["train_accuracy"] as? Double)))
    }
    let end = events[3]
    #expect(
      Set(end.keys) == [
        "event", "status", "epochs", "best_epoch", "validation_accuracy_at_best", "test_accuracy_at_best",
        "test_accuracy", "test_cost_quadratic", "test_cost_cross_entropy", "test_correct", "test_correct_at_best",
        "seconds",
      ])
    #expect(end["status"] as? String == "completed")
    #expect(end["epochs"] as? Int == 2)
    #expect(end["test_accuracy"] as? Double == events[2]["test_accuracy"] as? Double)
  }

  @Test("the end has a bit for each test image, and both costs of sigmoid and softmax outputs for plain targets")
  func endOfRun() async throws {
    func right(_ event: [String: Any], _ name: String) throws -> Double {
      let text = try #require(event[name] as? String)
      let bits = try #require(Data(base64Encoded: text))
      #expect(bits.count == 125)
      return Double(bits.reduce(0) { $0 + $1.nonzeroBitCount }) / 1000
    }
    for pair in [["softmax", "cross-entropy"], ["softmax", "quadratic"], ["sigmoid", "cross-entropy"]] {
      let events = try await nettrain(
        "--format", "json", "--epochs", "3", "--output", pair[0], "--cost", pair[1]
      ).events()
      let end = try #require(events.last)
      #expect(try right(end, "test_correct") == events[3]["test_accuracy"] as? Double)
      #expect(try right(end, "test_correct_at_best") == end["test_accuracy_at_best"] as? Double)
      let (quadratic, crossEntropy) = (end["test_cost_quadratic"] as? Double, end["test_cost_cross_entropy"] as? Double)
      let own = try #require(pair[1] == "quadratic" ? quadratic : crossEntropy)
      #expect(abs(own - (try #require(events[3]["test_cost"] as? Double))) < 1e-12)
      #expect(quadratic != nil && crossEntropy != nil && quadratic != crossEntropy)
    }
    let linear = try await nettrain(
      "--format", "json", "--epochs", "1", "--output", "linear", "--cost", "quadratic"
    ).events()
    #expect(linear.last?["test_cost_cross_entropy"] is NSNull)
    let smoothed = try await nettrain("--format", "json", "--epochs", "1", "--label-smoothing", "0.5").events()
    let plain = try #require(smoothed.last?["test_cost_cross_entropy"] as? Double)
    #expect(abs(plain - (try #require(smoothed[1]["test_cost"] as? Double))) > 0.01)
  }

  @Test("the log has what JSON on standard output has; a name in .csv makes it CSV")
  func logs() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await nettrain("--format", "json", "--epochs", "2", "--log", "log", in: folder)
      #expect(try String(contentsOfFile: folder + "/log", encoding: .utf8) == outcome.output)
      let table = try await nettrain("--format", "csv", "--epochs", "2", "--log", "log.csv", in: folder)
      #expect(try String(contentsOfFile: folder + "/log.csv", encoding: .utf8) == table.output)
    }
  }

  @Test("CSV is a line of names and a line for each epoch, with the figures of JSON")
  func csv() async throws {
    let table = try await nettrain("--format", "csv", "--epochs", "2").lines
    let events = try await nettrain("--format", "json", "--epochs", "2").lines
    try #require(table.count == 3)
    let names = table[0].split(separator: ",").map(String.init)
    #expect(Set(names) == epochKeys.subtracting(["event"]))
    for (line, event) in zip(table[1...], events[1...]) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      for (name, field) in zip(names, fields) where !name.hasSuffix("seconds") {
        #expect(event.contains("\"\(name)\":\(field.isEmpty ? "null" : field)"))
      }
    }
  }

  @Test("the untrained network has one record, of epoch 0, without training figures")
  func zeroEpochs() async throws {
    let events = try await nettrain("--format", "json", "--epochs", "0").events()
    try #require(events.count == 3)
    #expect(events[1]["epoch"] as? Int == 0)
    for key in ["train_cost", "train_accuracy", "seconds"] { #expect(events[1][key] is NSNull) }
    #expect(events[1]["test_accuracy"] is Double)
    #expect(events[2]["epochs"] as? Int == 0)
    let row = try await nettrain("--format", "csv", "--epochs", "0").lines[1]
    #expect(row.hasPrefix("0,,,"))
  }

  @Test("without validation examples their fields are null and the best epoch is the last")
  func noValidation() async throws {
    let events = try await nettrain("--format", "json", "--epochs", "2", "--validation", "0").events()
    #expect(events[2]["validation_cost"] is NSNull)
    #expect(events[2]["validation_accuracy"] is NSNull)
    #expect(events[3]["validation_accuracy_at_best"] is NSNull)
    #expect(events[3]["best_epoch"] as? Int == 2)
  }

  @Test("the text shows data, network and computing, aligned rows, marked best epochs and what was reached")
  func text() async throws {
    let outcome = try await nettrain("--epochs", "3", "--hidden", "20", "--kernel", "sparse")
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try #require(lines.count == 19)
    #expect(lines[0] == "data      bundled digits: images of 28×28 pixels in 10 classes")
    #expect(lines[1] == "examples  3,334 to train, 666 to validate, 1,000 to test")
    #expect(lines[2] == "split     tail, the last of the file validate; of classes 0 to 9:")
    #expect(lines[3] == "train     345 325 325 329 340 330 335 330 345 330")
    #expect(lines[4] == "validate  55 75 75 71 60 70 65 70 55 70")
    #expect(lines[5] == "network   [784, 20, 10], 15,910 parameters, scaled weights")
    #expect(lines[6] == "output    softmax, cross-entropy (log-likelihood) cost")
    #expect(lines[7] == "training  learning rate 0.1, batches of 10, l2 0, seed 0")
    let smoothed = try await nettrain("--epochs", "0", "--label-smoothing", "0.1", "--patience", "3", "--no-shuffle")
    #expect(
      smoothed.lines[7...8] == [
        "training  learning rate 0.1, batches of 10, l2 0, seed 0, in file order,",
        "          patience 3, label smoothing 0.1",
      ])
    #expect(lines[11] == "               training            validation              test")
    #expect(lines[8].wholeMatch(of: /computing double precision, OpenBLAS \S+ \w+ kernel, 1 thread/) != nil)
    #expect(try /inputs    sparse kernel for \S+, 19 % of the pixels are not 0/.wholeMatch(in: lines[9]) != nil)
    #expect(lines[12] == "epoch       cost  accuracy       cost  accuracy       cost  accuracy    seconds")
    for (index, row) in lines[13...15].enumerated() {
      let pattern =
        /\ {4}(\d)    \d\.\d{5}   \d\d\.\d\d %    \d\.\d{5}   \d\d\.\d\d % [* ]  \d\.\d{5}   \d\d\.\d\d %     +\d\.\d{3}/
      let match = try #require(try pattern.wholeMatch(in: row), "\(row)")
      #expect(match.1 == "\(index + 1)")
      #expect(row.count == lines[12].count)
    }
    #expect(lines[13].contains(" * "))
    let end =
      /3 epochs in \d\.\d\d s: test \d\d\.\d\d %; best epoch \d: test \d\d\.\d\d %, validation \d\d\.\d\d %\./
    #expect(try end.wholeMatch(in: lines[17]) != nil, "\(lines[17])")
    #expect(outcome.error == "")
  }

  @Test("colour comes when asked for and not otherwise")
  func color() async throws {
    #expect(try await nettrain("--epochs", "1", "--color", "always").output.contains("\u{1B}[1;32m"))
    #expect(try await !nettrain("--epochs", "1").output.contains("\u{1B}"))
    // A terminal, by the program script, for what depends on one.
    let command = "script --quiet --return --command \"$nettrain --epochs 1\" /dev/null </dev/null"
    #expect(try await shell("TERM=xterm NO_COLOR= \(command)").output.contains("\u{1B}[1;32m"))
    #expect(try await !shell("TERM=xterm NO_COLOR=1 \(command)").output.contains("\u{1B}[1;32m"))
    #expect(try await !shell("TERM=dumb NO_COLOR= \(command)").output.contains("\u{1B}[1;32m"))
  }

  @Test("the progress bar is drawn on stderr when asked for, and leaves results as they are")
  func progress() async throws {
    let plain = try await nettrain("--format", "json", "--epochs", "8")
    let drawn = try await nettrain("--format", "json", "--epochs", "8", "--progress", "always")
    #expect(plain.error == "")
    #expect(drawn.error.contains("\repoch 1/8  [......"))
    #expect(drawn.error.hasSuffix("\r\u{1B}[K"))
    #expect(try withoutTimes(plain.events()) == withoutTimes(drawn.events()))
    #expect(try await nettrain("--epochs", "1", "--progress", "always", "--quiet").error == "")
    #expect(try await nettrain("--epochs", "0", "--progress", "always").error == "")
  }

  @Test("on a terminal the progress bar comes by itself")
  func automaticProgress() async throws {
    let command = "TERM=xterm script --quiet --return --command \"$nettrain --epochs 1 $options\" /dev/null </dev/null"
    #expect(try await shell(command).output.contains("epoch 1/1  [..."))
    #expect(try await !shell(command.replacing("xterm", with: "dumb")).output.contains("epoch 1/1"))
    #expect(try await !shell("options=--quiet; " + command).output.contains("epoch 1/1  [..."))
  }

  private let saturation = ["--output", "sigmoid", "--saturation", "--epochs", "2", "--quiet"]

  @Test("with saturation the table has 80 columns at most: seconds and the test cost leave it")
  func saturationTable() async throws {
    let outcome = try await run(program, saturation + ["--color", "never"])
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let header = try #require(lines.firstIndex { $0.hasPrefix("epoch") })
    try #require(header > 0 && lines.count > header + 2)
    #expect(lines[header - 1] == "               training            validation        test          outputs")
    #expect(
      lines[header] == "epoch       cost  accuracy       cost  accuracy    accuracy    slope  saturated")
    for row in lines[(header + 1)...(header + 2)] {
      #expect(row.count == lines[header].count)
      #expect(row.wholeMatch(of: /.{49}\ {3}\d\d\.\d\d %  0\.\d{5} +\d+\.\d\d %/) != nil, "\(row)")
    }
    #expect(lines[..<(header + 3)].allSatisfy { $0.count <= 80 })
  }

  @Test("a narrow terminal gets the columns that fit, and a file those of 80", arguments: [30, 40, 60, 79, 80, 200])
  func narrowTerminals(columns: Int) async throws {
    try await withTemporaryFolder { folder in
      let widths = [30: 27, 40: 37, 60: 59][columns, default: 79]
      for (redirection, width) in [("", widths), (" >file", 79)] {
        let command = "stty cols \(columns); \"$nettrain\" --epochs 1 --quiet --color never\(redirection)"
        let outcome = try await shell(
          "script --quiet --return --command '\(command)' /dev/null </dev/null >terminal; cat \(redirection.isEmpty ? "terminal" : "file")",
          in: folder)
        let lines = outcome.output.split(whereSeparator: \.isNewline)
        let header = try #require(lines.firstIndex { $0.hasPrefix("epoch") })
        try #require(lines.count > header + 1)
        #expect(lines[header].count == width)
        #expect(lines[header + 1].count == width)
      }
    }
  }

  @Test(
    "the tables of verify and slowdown have 80 columns at most",
    arguments: [["verify"], ["slowdown", "--network-epochs", "1"]])
  func otherTables(arguments: [String]) async throws {
    let outcome = try await run(program, arguments)
    #expect(outcome.status == 0)
    #expect(outcome.lines.allSatisfy { $0.count <= 80 })
    let large = try await nettrain("slowdown", "--weight", "1e200", "--bias", "-3e300", "--network-epochs", "0")
    #expect(large.lines.allSatisfy { $0.count <= 80 }, "\(large.output)")
  }

  @Test("costs of any size keep to their columns")
  func hugeCosts() async throws {
    let outcome = try await nettrain(
      "--output", "linear", "--cost", "quadratic", "--hidden", "none", "--learning-rate", "0.055", "--epochs", "3")
    let rows = outcome.lines.filter { $0.contains("e+") }
    #expect(!rows.isEmpty)
    for row in rows { #expect(row.count == 79) }
  }
}

/// The text of events in which no time is left.
func withoutTimes(_ events: [[String: Any]]) throws -> [String] {
  try events.map { event in
    let rest = event.filter { !$0.key.hasSuffix("seconds") }
    return String(decoding: try JSONSerialization.data(withJSONObject: rest, options: .sortedKeys), as: UTF8.self)
  }
}
