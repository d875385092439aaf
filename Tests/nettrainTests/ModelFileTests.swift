import Foundation
import TestSupport
import Testing

/// Options of a short training.
let briefly = ["--epochs", "4", "--limit", "300", "--hidden", "12", "--format", "json", "--quiet"]

/// The bytes of a file.
func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

@Suite("Model files of the program") struct ModelFileTests {
  @Test("the same training writes the same bytes, and what is loaded again is as good as what was saved")
  func saving() async throws {
    try await withTemporaryFolder { folder in
      let trained = try await run(program, briefly + ["--save", folder + "/a", "--save-best", folder + "/best"])
      #expect(trained.status == 0, "\(trained.error)")
      _ = try await run(program, briefly + ["--save", folder + "/b"])
      #expect(try bytes(folder + "/a") == bytes(folder + "/b"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a", "b", "best"])

      let events = try trained.events()
      func evaluation(_ model: String) async throws -> [String: Any] {
        let outcome = try await run(program, ["--init-from", folder + model, "--epochs", "0", "--format", "json"])
        #expect(outcome.error == "")
        return try outcome.events()[1]
      }
      let last = try await evaluation("/a")
      #expect(last["test_accuracy"] as? Double == events[4]["test_accuracy"] as? Double)
      let cost = try #require(last["test_cost"] as? Double)
      #expect(abs(cost - (try #require(events[4]["test_cost"] as? Double))) < 1e-12)
      let best = try await evaluation("/best")
      #expect(best["test_accuracy"] as? Double == events[5]["test_accuracy_at_best"] as? Double)
      #expect(best["validation_accuracy"] as? Double == events[5]["validation_accuracy_at_best"] as? Double)
    }
  }

  @Test("a model in single precision is half the size, and is trained in double with a note")
  func precisions() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly + ["--save", folder + "/double"])
      _ = try await run(program, briefly + ["--precision", "single", "--save", folder + "/single"])
      let (single, double) = try (bytes(folder + "/single").count, bytes(folder + "/double").count)
      #expect(single > double * 9 / 20 && single < double * 11 / 20)
      let outcome = try await nettrain("--init-from", folder + "/single", "--epochs", "1")
      #expect(outcome.status == 0)
      #expect(
        outcome.error
          == "nettrain: note: \(folder)/single holds weights in single precision; they are trained in double\n")
      #expect(outcome.lines[5...6].joined().hasSuffix("weights of          \(folder)/single"))
      #expect(outcome.lines[5].contains("[784, 12, 10]"), "the hidden layers are the model's")
    }
  }

  @Test("patience ends the training with status 0, and the log says so")
  func patience() async throws {
    let outcome = try await nettrain(
      "--epochs", "50", "--limit", "100", "--learning-rate", "1e-9", "--patience", "3", "--format", "json")
    let end = try #require(try outcome.events().last)
    #expect(outcome.status == 0)
    #expect(end["status"] as? String == "out_of_patience")
    #expect(end["epochs"] as? Int == 4)
    #expect(end["best_epoch"] as? Int == 1)
    for option in [["--patience", "3"], ["--best-by", "cost"], ["--min-delta", "0.1"]] {
      let refused = try await run(program, option + ["--validation", "0"])
      #expect(refused.status == 64)
      #expect(refused.error.contains("\(option[0]): there are no validation examples to choose by"))
    }
  }

  /// A safetensors file of a header and so many bytes of zeros.
  private func file(_ header: String, zeros: Int, headerCount: UInt64? = nil) -> Data {
    let count = headerCount ?? UInt64(header.utf8.count)
    return Data(
      (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + Array(header.utf8)
        + Array(repeating: 0, count: zeros))
  }

  private func layer(_ outputs: Int, _ inputs: Int) -> Data {
    file(
      #"{"layers.0.bias":{"dtype":"F64","shape":[\#(outputs)],"data_offsets":[0,\#(8 * outputs)]},"#
        + #""layers.0.weight":{"dtype":"F64","shape":[\#(outputs),\#(inputs)],"#
        + #""data_offsets":[\#(8 * outputs),\#(8 * outputs * (1 + inputs))]}}"#, zeros: 8 * outputs * (1 + inputs))
  }

  @Test("a file that is no usable model is refused in one line, with the status of what is wrong")
  func faults() async throws {
    var withNaN = layer(10, 784)
    withNaN.replaceSubrange(withNaN.count - 8..<withNaN.count, with: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F])
    let cases: [(Data?, Int, String)] = [
      (nil, 66, "nosuchfile"), (Data(), 65, "the file is empty"),
      (Data("PK\u{3}\u{4} a zip file of some kind".utf8), 65, "not a safetensors file"),
      (file("{}", zeros: 4, headerCount: 1 << 32), 65, "declare a header of 4294967296 bytes"),
      (file("{}", zeros: 0), 65, "no tensor layers.0.weight"),
      (layer(10, 784), 0, ""), (layer(10, 4), 65, "takes in 4 pixels, and the images of"),
      (layer(7, 784), 65, "knows 7 classes, and"), (withNaN, 65, "not finite"),
    ]
    try await withTemporaryFolder { folder in
      for (contents, status, words) in cases {
        let model = folder + "/" + (contents == nil ? "nosuchfile" : "model")
        try contents?.write(to: URL(filePath: model))
        let outcome = try await nettrain("--init-from", model, "--epochs", "0")
        #expect(outcome.status == status, "\(outcome.error)")
        guard status != 0 else { continue }
        #expect(
          outcome.error.hasPrefix("nettrain: error: \(model): ") && outcome.error.contains(words), "\(outcome.error)")
        #expect(outcome.error.count { $0 == "\n" } == 1 && outcome.output == "")
      }
    }
  }

  @Test("a model may be trained on in its place, but not be taken for the log")
  func inPlace() async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/model"
      _ = try await run(program, briefly + ["--save", model])
      let before = try bytes(model)
      let log = try await nettrain("--init-from", model, "--log", model)
      #expect(log.status == 73)
      #expect(try bytes(model) == before)
      let trained = try await nettrain("--init-from", model, "--epochs", "1", "--save", model)
      #expect(trained.status == 0)
      #expect(try bytes(model) != before)
    }
  }

  @Test("options that contradict the model are wrong usage")
  func contradictions() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly + ["--save", folder + "/model"])
      let hidden = try await nettrain("--init-from", folder + "/model", "--hidden", "30")
      #expect(hidden.status == 64)
      #expect(hidden.error == "nettrain: error: --hidden 30: the model of --init-from has 12; leave --hidden out\n")
      let initial = try await nettrain("--init-from", folder + "/model", "--init", "large")
      #expect(initial.status == 64)
    }
  }

  @Test("an output that cannot be created is found out before training, and nothing is touched")
  func outputs() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      let image = folder + "/train-images-idx3-ubyte"
      let before = try bytes(image)
      for (option, path, words) in [
        ("--save", folder + "/no/model", "cannot be created"), ("--save-best", folder, "this is a folder"),
        ("--checkpoint", folder + "/no/checkpoint", "cannot be locked"),
        ("--checkpoint", "/dev/null", "not a regular file"),
        ("--save", image, "the run needs this file for something else"),
        ("--save-best", folder + "/./log", "the run needs this file"), ("--save", "/dev/null", "not a regular file"),
        ("--save", folder + "/log", "the run needs this file"),
      ] {
        let outcome = try await nettrain(
          "--data", folder, "--epochs", "1", "--log", folder + "/log", "--batch-size", "2", option, path)
        #expect(outcome.status == 73, "\(option) \(path)")
        #expect(outcome.error.contains(words), "\(outcome.error)")
        #expect(outcome.output == "" && outcome.error.count { $0 == "\n" } == 1)
      }
      #expect(try bytes(image) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 4, "nothing is left")
    }
  }

  @Test("a folder that may not be written to is status 73, and a limit on the size of files 74; the old file stays")
  func limits() async throws {
    try await withTemporaryFolder { folder in
      try Data("old".utf8).write(to: URL(filePath: folder + "/model"))
      let limited = try await shell(
        "ulimit -f 20; exec \"$nettrain\" \(briefly.joined(separator: " ")) --save model --save-best best --force",
        in: folder)
      #expect(limited.status == 74)
      #expect(limited.error.contains("best: writing failed (File too large); make room for it"), "\(limited.error)")
      #expect(try bytes(folder + "/model") == Data("old".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model"])

    }
    try await withPublicFolder { folder in
      try Data("old".utf8).write(to: URL(filePath: folder + "/model"))
      try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
      // Root may write anywhere.
      let asNobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
      let readOnly = try await shell(
        "exec \(asNobody) ./nettrain \(briefly.joined(separator: " ")) --data data --save model --force", in: folder)
      #expect(readOnly.status == 73, "\(readOnly.error)")
      #expect(readOnly.error.contains("model: cannot be created (Permission denied)"), "\(readOnly.error)")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
      #expect(try bytes(folder + "/model") == Data("old".utf8))
    }
  }

  @Test("a temporary file that a killed run has left of its model is removed by the next run, and one in use is not")
  func leftovers() async throws {
    try await withTemporaryFolder { folder in
      let options = "--epochs 2 --limit 50 --hidden 3 --quiet --save model"
      try Data().write(to: URL(filePath: folder + "/.model.abcXYZ.part"))
      let outcome = try await shell(
        """
        exec 9> .model.inUse1.part
        flock 9
        "$nettrain" \(options) > output
        """, in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(try names(in: folder) == [".model.inUse1.part", "model", "output"])
    }
  }
}
