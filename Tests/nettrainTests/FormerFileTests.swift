import Foundation
import TestSupport
import Testing

@Suite("Files that are there already") struct FormerFileTests {
  private let options = ["--epochs", "1", "--limit", "50", "--hidden", "2", "--format", "csv"]

  /// Expects a refusal that leaves the file as it was, and `--force` to replace it.
  private func expectPrecious(
    _ option: String, _ path: String, _ words: String, others: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let before = try contents(path)
    let refused = try await run(program, options + others + [option, path])
    #expect(refused.status == 73, sourceLocation: sourceLocation)
    #expect(
      refused.error
        == "nettrain: error: \(option) \(path): \(words); choose another name, or replace it with --force\n",
      sourceLocation: sourceLocation)
    #expect(refused.output == "", sourceLocation: sourceLocation)
    #expect(try contents(path) == before, sourceLocation: sourceLocation)
    let forced = try await run(program, options + others + [option, path, "--force"])
    #expect(forced.status == 0, sourceLocation: sourceLocation)
    #expect(forced.error.contains("nettrain: note: \(option) \(path): replaces "), sourceLocation: sourceLocation)
    #expect(try contents(path) != before, sourceLocation: sourceLocation)
  }

  @Test("a file that nettrain did not write is replaced with --force alone")
  func foreign() async throws {
    try await withTemporaryFolder { folder in
      let file = folder + "/file"
      for option in ["--save", "--save-best", "--checkpoint", "--log"] {
        for text in ["a letter\n", #"{"event":"start"}"#, "\n"] {
          try Data(text.utf8).write(to: URL(filePath: file))
          try await expectPrecious(option, file, "this file is not one that nettrain wrote for this option")
        }
      }
    }
  }

  @Test("a file that nettrain wrote for another option is no different")
  func otherKind() async throws {
    try await withTemporaryFolder { folder in
      let (model, checkpoint, log) = (folder + "/model", folder + "/checkpoint", folder + "/log")
      for (option, kinds) in [
        ("--save", [checkpoint, log]), ("--save-best", [checkpoint, log]), ("--checkpoint", [model, log]),
        ("--log", [model, checkpoint]),
      ] {
        for file in kinds {
          _ = try await run(
            program, options + ["--save", model, "--checkpoint", checkpoint, "--log", log, "--force", "--quiet"])
          try await expectPrecious(option, file, "this file is not one that nettrain wrote for this option")
        }
      }
    }
  }

  @Test("the checkpoint of another run is replaced with --force alone, that of the same run with a note")
  func checkpoint() async throws {
    try await withTemporaryFolder { folder in
      let file = folder + "/c"
      let first = try await run(program, options + ["--checkpoint", file])
      #expect(first.status == 0 && first.error == "")
      let again = try await run(program, options + ["--epochs", "2", "--checkpoint", file])
      #expect(again.status == 0)
      #expect(
        again.error
          == "nettrain: note: --checkpoint \(file): this run begins again; 'nettrain resume \(file)' continues it\n")
      let words = "this is the checkpoint of another run"
      try await expectPrecious("--checkpoint", file, words, others: ["--seed", "1"])
      try SmallData().write(to: folder)
      let small = ["--epochs", "1", "--data", folder, "--batch-size", "2", "--limit", "10"]
      try await expectPrecious("--checkpoint", file, words, others: small)
      let old = root + "/Tests/nettrainTests/Samples/0.1.checkpoint"
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.copyItem(atPath: old, toPath: file)
      try await expectPrecious("--checkpoint", file, words)
    }
  }

  @Test("models and logs of other runs are replaced with a note, which --quiet leaves out")
  func notes() async throws {
    try await withTemporaryFolder { folder in
      for (option, name, kind) in [
        ("--save", "m", "model"), ("--save-best", "m", "model"), ("--log", "l", "log"), ("--log", "l.csv", "log"),
      ] {
        let file = folder + "/" + name
        let first = try await run(program, options + [option, file, "--quiet"])
        #expect(first.status == 0 && first.error == "")
        let second = try await run(program, options + [option, file])
        #expect(second.status == 0)
        #expect(second.error == "nettrain: note: \(option) \(file): replaces an older \(kind)\n")
      }
      let old = root + "/Tests/nettrainTests/Samples/0.1.safetensors"
      try FileManager.default.copyItem(atPath: old, toPath: folder + "/old")
      #expect(try await run(program, options + ["--save", folder + "/old"]).status == 0)
    }
  }

  @Test("an empty file is replaced without a word, as mktemp makes it")
  func empty() async throws {
    try await withTemporaryFolder { folder in
      for option in ["--save", "--save-best", "--checkpoint", "--log"] {
        try makeFile(folder + "/empty", [])
        let outcome = try await run(program, options + [option, folder + "/empty"])
        #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
      }
    }
  }

  @Test("a resumed run replaces its own files without a word, and others as a new run does")
  func resumed() async throws {
    try await withTemporaryFolder { folder in
      let files = ["--save", folder + "/m", "--save-best", folder + "/b", "--log", folder + "/l"]
      _ = try await run(program, options + files + ["--checkpoint", folder + "/c"])
      let own = try await run(program, ["resume", folder + "/c", "--epochs", "2", "--format", "csv"] + files)
      #expect(own.status == 0)
      #expect(own.error == "nettrain: note: resuming after epoch 1 of \(folder)/c\n")
      _ = try await run(program, options + ["--seed", "1", "--log", folder + "/other", "--save", folder + "/m"])
      let before = try contents(folder + "/other")
      let other = ["resume", folder + "/c", "--save", folder + "/m", "--format", "csv", "--log", folder + "/other"]
      let refused = try await run(program, other)
      #expect(refused.status == 73)
      #expect(
        refused.error.hasSuffix(
          "--log \(folder)/other: this is not the log of the run that is resumed; choose another name, or replace it "
            + "with --force\n"))
      #expect(try contents(folder + "/other") == before)
      let forced = try await run(program, other + ["--force"])
      #expect(forced.status == 0)
      #expect(forced.error.contains("--save \(folder)/m: replaces an older model\n"))
      #expect(try jsonLines(String(contentsOfFile: folder + "/other", encoding: .utf8)).count == 4)
    }
  }
}
