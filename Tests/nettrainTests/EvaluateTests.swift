import Foundation
import TestSupport
import Testing

@Suite("Evaluation of saved models") struct EvaluateTests {
  private let briefly = [
    "--epochs", "2", "--limit", "600", "--hidden", "8", "--quiet", "--format", "json", "--save", "m",
  ]

  private func number(_ object: [String: Any]?, _ key: String) throws -> Double {
    try #require(object?[key] as? Double, "\(key)")
  }

  @Test(
    "the figures are those that the training reported, whatever its precision and kernel",
    arguments: [
      ["--output", "softmax"], ["--output", "sigmoid", "--precision", "single"],
      ["--output", "linear", "--cost", "quadratic", "--kernel", "dense"], ["--output", "softmax", "--l2", "2"],
    ])
  func figures(options: [String]) async throws {
    try await withTemporaryFolder { folder in
      let events = try await run(program, briefly + options, in: folder).events()
      let (epoch, end) = (events.last { $0["event"] as? String == "epoch" }, events.last)
      let outcome = try await nettrain("evaluate", "m", "--format", "json", in: folder)
      #expect(outcome.status == 0 && outcome.error == "")
      let figures = try #require(try outcome.events().first)
      let tolerance = options.contains("single") ? 1e-6 : 1e-12
      func isEqual(_ key: String, _ other: [String: Any]?, _ otherKey: String) throws -> Bool {
        abs(try number(figures, key) - number(other, otherKey)) <= tolerance
      }
      #expect(try isEqual("accuracy", end, "test_accuracy"))
      #expect(try isEqual("cost_quadratic", end, "test_cost_quadratic"))
      #expect(try isEqual("penalty", epoch, "penalty"))
      #expect((try number(figures, "penalty") > 0) == options.contains("--l2"))
      if options.contains("linear") {
        #expect(figures["cost_cross_entropy"] is NSNull && figures["expected_calibration_error"] is NSNull)
      } else {
        #expect(try isEqual("cost_cross_entropy", end, "test_cost_cross_entropy"))
      }
      #expect(figures["model"] as? String == "m" && figures["set"] as? String == "test")
      let confusion = try #require(figures["confusion"] as? [[Int]])
      #expect(confusion.joined().reduce(0, +) == figures["count"] as? Int)
      #expect(confusion.indices.reduce(0) { $0 + confusion[$1][$1] } == figures["correct"] as? Int)
      let mistakes = try #require(figures["mistakes"] as? [[String: Any]])
      #expect(mistakes.count == (figures["count"] as? Int ?? 0) - (figures["correct"] as? Int ?? 0))
      #expect(Set(mistakes.first?.keys ?? [:].keys) == ["image", "label", "class", "activation"])
      #expect((figures["classes"] as? [[String: Any]])?.count == 10)
      #expect(Set((figures["output_sum"] as? [String: Any])?.keys ?? [:].keys) == ["least", "mean", "greatest"])
    }
  }

  @Test(
    "a model is judged by the examples that trained or validated it, as its training split them",
    arguments: ["tail", "stratified"])
  func sets(split: String) async throws {
    try await withTemporaryFolder { folder in
      let options = ["--validation", "300", "--validation-split", split, "--seed", "3"]
      let events = try await run(program, briefly + options, in: folder).events()
      let epoch = events.last { $0["event"] as? String == "epoch" }
      let validation = try await nettrain("evaluate", "m", "--set", "validation", "--format", "json", in: folder)
      #expect(validation.error == "")
      let figures = try #require(try validation.events().first)
      #expect(figures["count"] as? Int == 300)
      #expect(try abs(number(figures, "accuracy") - number(epoch, "validation_accuracy")) <= 1e-12)
      let training = try await nettrain("evaluate", "m", "--set", "train", "--format", "json", in: folder)
      #expect(try training.events().first?["count"] as? Int == 600)
      // The numbers of images are those in the file, whose labels are 0 to 9 in turn.
      let mistakes = try #require(figures["mistakes"] as? [[String: Any]])
      let labels = try await labels()
      for mistake in mistakes {
        #expect(labels[try #require(mistake["image"] as? Int)] == mistake["label"] as? Int)
      }
    }
  }

  @Test("a model that tells of an impossible split is refused by name", arguments: ["train", "validation"])
  func impossibleSplit(set: String) async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly + ["--validation", "1000"], in: folder)
      for (former, damaged) in [
        (#"\"limit\":600"#, #"\"limit\":  0"#), (#"\"validation\":1000"#, #"\"validation\":4000"#),
      ] {
        var bytes = try contents(folder + "/m")
        let range = try #require(bytes.firstRange(of: Array(former.utf8)))
        bytes.replaceSubrange(range, with: Array(damaged.utf8))
        try makeFile(folder + "/damaged", bytes)
        let outcome = try await nettrain("evaluate", "damaged", "--set", set, in: folder)
        #expect(outcome.status == 65)
        #expect(outcome.error.hasPrefix("nettrain: error: damaged: the model tells of "), "\(outcome.error)")
        #expect(outcome.error.hasSuffix(", which cannot be of 4000; use another copy of it\n"), "\(outcome.error)")
      }
    }
  }

  /// The labels of the bundled training file.
  private func labels() async throws -> [Int] {
    let outcome = try await run(
      "bash", ["-c", "gzip -dc \(root)/data/train-labels-idx1-ubyte.gz | od -An -v -tu1 -w1 -j8"])
    return outcome.lines.compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
  }

  @Test("the text has at most 80 columns; with many classes it names the most frequent mistakes")
  func text() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly, in: folder)
      let outcome = try await nettrain("evaluate", "m", in: folder)
      #expect(outcome.status == 0)
      #expect(outcome.lines.allSatisfy { $0.count <= 80 || $0.contains("/") }, "paths may be longer")
      for start in ["accuracy", "cross-entropy cost", "sum of the outputs", "class", "images of each class"] {
        #expect(outcome.lines.contains { $0.hasPrefix(start) }, "\(start)")
      }
    }
  }

  @Test("CSV has a row for each class, with its row of the confusion matrix")
  func csv() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly, in: folder)
      let lines = try await nettrain("evaluate", "m", "--format", "csv", in: folder).lines
      #expect(
        lines.first == "class,count,precision,recall,f1," + (0..<10).map { "read_as_\($0)" }.joined(separator: ","))
      #expect(lines.count == 11)
      for line in lines.dropFirst() {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        #expect(cells.dropFirst(5).compactMap { Int($0) }.reduce(0, +) == Int(cells[1]))
      }
    }
  }

  @Test("what cannot be evaluated is refused in one line")
  func refusals() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly, in: folder)
      try makeFile(folder + "/text", Array("some notes\n".utf8))
      try FileManager.default.createDirectory(atPath: folder + "/small", withIntermediateDirectories: false)
      try SmallData().write(to: folder + "/small")
      try makeFile(folder + "/photo.png", Array("a photo".utf8))
      for (arguments, status, words) in [
        (["none"], 66, "none"), (["text"], 65, "text"), (["m", "--data", "none"], 66, "none"), ([], 64, "<model>"),
        (["m", "--set", "other"], 64, "--set"), (["m", "--data", "small"], 65, "the model takes in 784 pixels"),
        (["m", "--show", "0"], 64, "--show"),
        (["m", "--show", "1", "--format", "csv"], 64, "--show"),
        (["m", "--picture", "p.jpg"], 64, ".svg, .png or .pdf"),
      ] {
        let outcome = try await run(program, ["evaluate"] + arguments, in: folder)
        #expect(outcome.status == status, "\(arguments): \(outcome.error)")
        #expect(outcome.error.count { $0 == "\n" } == 1 && outcome.error.contains(words), "\(outcome.error)")
      }
      let outcome = try await nettrain("evaluate", "m", "--picture", "p.svg", environment: ["PATH": folder], in: folder)
      #expect(outcome.status == 69 && outcome.error.contains("apt-get install gnuplot-nox"), "\(outcome.error)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/p.svg"))
    }
  }

  @Test(
    "pictures are drawn of any outputs, classes and shapes of images, or the shape is refused",
    .enabled(if: isInstalled("gnuplot"), "gnuplot is not installed"))
  func unusualPictures() async throws {
    try await withTemporaryFolder { folder in
      func draw(_ images: String, _ options: [String]) async throws -> [Int] {
        let train = ["--data", images, "--epochs", "1", "--hidden", "5", "--batch-size", "2", "--save", "m", "--quiet"]
        let trained = try await run(program, train + options, in: folder)
        try #require(trained.status == 0, "\(trained.error)")
        var statuses: [Int] = []
        for arguments in [
          ["--picture", "p.svg"], ["--picture", "p.png"], ["--weights", "w.svg"], ["--weights", "w.png"],
        ] {
          let outcome = try await run(program, ["evaluate", "m", "--data", images, "--quiet"] + arguments, in: folder)
          #expect(outcome.error.split(separator: "\n").count == (outcome.status == 0 ? 0 : 1), "\(outcome.error)")
          statuses.append(outcome.status)
        }
        return statuses
      }
      let linear = ["--output", "linear", "--cost", "quadratic", "--limit", "50"]
      #expect(try await draw(root + "/data", linear) == [0, 0, 0, 0])
      let svg = String(decoding: try contents(folder + "/p.svg"), as: UTF8.self)
      #expect(svg.contains("Linear outputs are no probabilities."))
      for (rows, columns, status) in [(1, 5000, 0), (5000, 1, 0), (1, 1, 0), (1, 29_500, 64), (29_500, 1, 64)] {
        let data = SmallData(rows: rows, columns: columns, classCount: 26)
        try FileManager.default.createDirectory(atPath: "\(folder)/\(rows)", withIntermediateDirectories: false)
        try data.write(to: "\(folder)/\(rows)")
        let statuses = try await draw("\(rows)", [])
        #expect(statuses == [status, status, status, status], "\(rows)×\(columns)")
        try FileManager.default.removeItem(atPath: "\(folder)/\(rows)")
      }
    }
  }

  @Test(
    "pictures are drawn, and replace none but pictures of nettrain",
    .enabled(if: isInstalled("gnuplot"), "gnuplot is not installed"))
  func pictures() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly, in: folder)
      for name in ["p.svg", "p.png", "p.pdf"] {
        let draw = ["evaluate", "m", "--picture", name, "--weights", "w-" + name, "--format", "csv"]
        for _ in 0..<2 {
          let outcome = try await run(program, draw, in: folder)
          #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
        }
        for file in [name, "w-" + name] {
          let signatures: [String: [UInt8]] = [
            "p.svg": Array("<?xml ve".utf8), "p.png": [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10],
            "p.pdf": Array("%PDF-1.".utf8),
          ]
          let signature = try #require(signatures[name])
          #expect(try bytes("\(folder)/\(file)").starts(with: signature))
        }
        try makeFile("\(folder)/\(name)", Array("a photo".utf8))
        let refused = try await run(program, draw, in: folder)
        #expect(refused.status == 73 && refused.error.contains("--force"), "\(refused.error)")
        #expect(try bytes("\(folder)/\(name)") == Data("a photo".utf8))
        let forced = try await run(program, draw + ["--force"], in: folder)
        #expect(forced.status == 0, "\(forced.error)")
      }
    }
  }
}
