import Foundation
import TestSupport
import Testing

@Suite("Checkpoints of the program") struct ResumeTests {
  /// A log without the times in it, and without the number of epochs in its first line, which may have grown.
  private func log(_ path: String) throws -> String {
    let text = String(decoding: try bytes(path), as: UTF8.self)
    return text.replacing(/"(evaluation_)?seconds":[^,}]*|"epochs":\d+,"evaluate_every"/, with: "")
  }

  @Test("a run that goes on ends with the model, the best model and the log of one never stopped")
  func resumption() async throws {
    try await withTemporaryFolder { folder in
      func outputs(_ name: String) -> [String] {
        ["--save", folder + "/\(name).model", "--save-best", folder + "/\(name).best"]
          + ["--log", folder + "/\(name).jsonl", "--checkpoint", folder + "/\(name).checkpoint"]
      }
      let options = briefly + ["--l2", "2", "--data", root + "/data"]
      _ = try await run(program, options + outputs("whole"))
      _ = try await run(program, options + outputs("cut") + ["--epochs", "2"])
      let resumed = try await run(
        program, ["resume", folder + "/cut.checkpoint", "--epochs", "4", "--format", "json"] + outputs("cut"))
      #expect(resumed.status == 0, "\(resumed.error)")
      #expect(resumed.error == "nettrain: note: resuming after epoch 2 of \(folder)/cut.checkpoint\n")
      #expect(try resumed.events().map { $0["epoch"] as? Int } == [nil, 3, 4, nil])
      for part in ["model", "best"] {
        #expect(try bytes(folder + "/whole.\(part)") == bytes(folder + "/cut.\(part)"))
      }
      #expect(try log(folder + "/whole.jsonl") == log(folder + "/cut.jsonl"))

      // Once more, with all epochs done: nothing changes.
      let again = try await run(program, ["resume", folder + "/cut.checkpoint"] + outputs("cut"))
      #expect(again.status == 0)
      #expect(try bytes(folder + "/whole.model") == bytes(folder + "/cut.model"))
      #expect(try log(folder + "/whole.jsonl") == log(folder + "/cut.jsonl"))
    }
  }

  @Test("a seed beyond 2⁵³ is a string in JSON, and the run is resumed with all of its bits")
  func largeSeeds() async throws {
    for seed in ["9007199254740993", "18446744073709551615"] {
      try await withTemporaryFolder { folder in
        func outputs(_ name: String) -> [String] {
          ["--save", "\(name).model", "--log", "\(name).jsonl", "--checkpoint", "\(name).checkpoint"]
        }
        let options = briefly + ["--seed", seed]
        _ = try await run(program, options + outputs("whole"), in: folder)
        _ = try await run(program, options + outputs("cut") + ["--epochs", "2"], in: folder)
        let resumed = try await run(
          program, ["resume", "cut.checkpoint", "--epochs", "4"] + outputs("cut"), in: folder)
        #expect(resumed.status == 0, "\(resumed.error)")
        #expect(try bytes(folder + "/whole.model") == bytes(folder + "/cut.model"))
        #expect(try log(folder + "/whole.jsonl") == log(folder + "/cut.jsonl"))
        #expect(try log(folder + "/cut.jsonl").contains("\"seed\":\"\(seed)\""))
        let verified = try await nettrain("verify", "--seed", seed, "--hidden", "none", "--format", "json")
        #expect(try #require(verified.events().first)["seed"] as? String == seed)
      }
    }
    let exact = try await nettrain("--epochs", "0", "--seed", "9007199254740992", "--format", "json")
    #expect(try #require(exact.events().first)["seed"] as? UInt64 == 1 << 53)
  }

  @Test(
    "a signal to stop leaves a checkpoint of where the run was, from which it goes on, and no lock",
    arguments: [("INT", 130), ("TERM", 143), ("HUP", 129), ("USR1", 138)])
  func signals(name: String, status: Int) async throws {
    try await withTemporaryFolder { folder in
      let options = "--epochs 3 --hidden 200 --batch-size 1 --kernel dense --quiet --format json"
      let whole = try await shell("\"$nettrain\" \(options) --save whole --log whole.jsonl", in: folder)
      #expect(whole.status == 0)
      let cut = try await shell(
        """
        set -m # or SIGINT would be ignored
        "$nettrain" \(options) --checkpoint checkpoint --log cut.jsonl &
        while [ ! -s cut.jsonl ]; do sleep 0.02; done
        sleep 0.1
        kill -\(name) $!
        wait $!
        """, in: folder)
      #expect(cut.status == status)
      #expect(try names(in: folder) == ["checkpoint", "cut.jsonl", "whole", "whole.jsonl"])
      #expect(try cut.events().last?["status"] as? String == "interrupted")
      #expect(try cut.events().count < 5, "it had not ended by itself")
      let resumed = try await nettrain(
        "resume", "checkpoint", "--save", "cut", "--log", "cut.jsonl", "--quiet", in: folder)
      #expect(resumed.status == 0, "\(resumed.error)")
      #expect(try bytes(folder + "/whole") == bytes(folder + "/cut"))
      #expect(try log(folder + "/whole.jsonl") == log(folder + "/cut.jsonl"))
    }
  }

  @Test("a run does not go on with the arithmetic of another machine")
  func arithmetic() async throws {
    try await withTemporaryFolder { folder in
      let checkpoint = folder + "/checkpoint"
      _ = try await run(program, briefly + ["--checkpoint", checkpoint])
      #if arch(x86_64)
        // One of them is not the kernel of this machine.
        let others = try await [
          nettrain("resume", checkpoint, environment: ["OPENBLAS_CORETYPE": "Prescott"]),
          nettrain("resume", checkpoint, environment: ["OPENBLAS_CORETYPE": "Nehalem"]),
        ]
        let other = try #require(others.first { $0.status == 78 })
        #expect(other.error.contains("BLAS is OpenBLAS"), "\(other.error)")
      #endif
    }
  }

  @Test("a run that began with a model goes on without it")
  func initialModel() async throws {
    try await withTemporaryFolder { folder in
      let begun = ["--init-from", folder + "/model", "--limit", "300", "--quiet"]
      _ = try await run(program, briefly + ["--save", folder + "/model"])
      _ = try await run(program, begun + ["--epochs", "3", "--save", folder + "/whole"])
      _ = try await run(
        program, begun + ["--epochs", "2", "--checkpoint", folder + "/checkpoint", "--log", folder + "/log"])
      try FileManager.default.removeItem(atPath: folder + "/model")
      let resumed = try await run(
        program,
        ["resume", folder + "/checkpoint", "--epochs", "3", "--save", folder + "/cut", "--log", folder + "/log"])
      #expect(resumed.status == 0, "\(resumed.error)")
      #expect(try bytes(folder + "/whole") == bytes(folder + "/cut"))
    }
  }

  @Test("a run goes on from another folder, and finds its data")
  func otherFolder() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      let begun = try await nettrain(
        "--data", ".", "--epochs", "2", "--hidden", "4", "--batch-size", "2", "--checkpoint", "checkpoint", in: folder)
      #expect(begun.status == 0, "\(begun.error)")
      let outcome = try await nettrain(
        "resume", folder + "/checkpoint", "--epochs", "3", "--save", folder + "/cut", in: "/")
      #expect(outcome.status == 0, "\(outcome.error)")
      _ = try await nettrain(
        "--data", ".", "--epochs", "3", "--hidden", "4", "--batch-size", "2", "--save", "whole", in: folder)
      #expect(try bytes(folder + "/whole") == bytes(folder + "/cut"))
    }
  }

  @Test("a log is the run's own also after its end, after a part without it, and where its last line was cut off")
  func ownLogs() async throws {
    try await withTemporaryFolder { folder in
      let (checkpoint, path) = (folder + "/checkpoint", folder + "/run.csv")
      _ = try await run(program, briefly + ["--epochs", "2", "--checkpoint", checkpoint, "--log", path])
      _ = try await nettrain("resume", checkpoint, "--epochs", "3", "--quiet")
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      try Data((lines.joined(separator: "\n") + "\n3,0.12").utf8).write(to: URL(filePath: path))
      let outcome = try await nettrain("resume", checkpoint, "--epochs", "4", "--quiet", "--log", path)
      #expect(outcome.status == 0, "\(outcome.error)")
      let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(rows.count == 5 && rows[..<3] == lines[..<3])
      #expect(rows[4].hasPrefix("4,"))

      let json = folder + "/log"
      _ = try await run(program, briefly + ["--epochs", "2", "--checkpoint", checkpoint, "--log", json])
      _ = try await nettrain("resume", checkpoint, "--epochs", "3", "--quiet")
      let resumed = try await nettrain("resume", checkpoint, "--epochs", "4", "--quiet", "--log", json)
      #expect(resumed.status == 0, "\(resumed.error)")
      #expect(try jsonLines(String(contentsOfFile: json, encoding: .utf8)).count == 6)
    }
  }

  @Test(
    "--checkpoint of resume writes the other file, also where nothing is left to train, and the first one stays")
  func otherCheckpoint() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly + ["--checkpoint", folder + "/old"])
      let before = try bytes(folder + "/old")
      let outcome = try await nettrain("resume", folder + "/old", "--checkpoint", folder + "/new", "--quiet")
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(try await nettrain("resume", folder + "/new", "--quiet").status == 0)
      let taken = try await nettrain(
        "resume", folder + "/old", "--checkpoint", folder + "/new", "--save", folder + "/old")
      #expect(taken.status == 73)
      #expect(try bytes(folder + "/old") == before)
    }
  }

  @Test("a run that is out of patience goes on with more, and with more epochs")
  func patience() async throws {
    try await withTemporaryFolder { folder in
      let begun = ["--epochs", "20", "--limit", "100", "--learning-rate", "1e-9", "--format", "json", "--quiet"]
      let first = try await run(program, begun + ["--patience", "2", "--checkpoint", folder + "/c"])
      #expect(try first.events().last?["epochs"] as? Int == 3)
      let second = try await nettrain("resume", folder + "/c", "--patience", "5", "--format", "json", "--quiet")
      #expect(try second.events().last?["epochs"] as? Int == 6)
      #expect(try second.events().last?["status"] as? String == "out_of_patience")
      #expect(try second.events().first?["patience"] as? Int == 5)
    }
  }

  @Test(
    "the first lines of a log stay as they were, byte for byte; with more epochs or patience it is that of such a run")
  func keptLines() async throws {
    try await withTemporaryFolder { folder in
      let (checkpoint, log) = (folder + "/checkpoint", folder + "/log")
      func lines() throws -> [Substring] { try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") }
      let options = briefly + ["--epochs", "2", "--patience", "5"]
      _ = try await run(program, options + ["--checkpoint", checkpoint, "--log", log])
      let before = try lines()
      let same = try await nettrain("resume", checkpoint, "--log", log, "--quiet")
      #expect(same.status == 0, "\(same.error)")
      #expect(try lines()[..<3] == before[..<3])
      let more = try await nettrain("resume", checkpoint, "--epochs", "4", "--patience", "7", "--log", log, "--quiet")
      #expect(more.status == 0, "\(more.error)")
      let after = try withoutTimes(jsonLines(lines().joined(separator: "\n")))
      let whole = try await run(program, briefly + ["--epochs", "4", "--patience", "7", "--log", log])
      #expect(whole.status == 0)
      #expect(try after == withoutTimes(jsonLines(lines().joined(separator: "\n"))) && after.count == 6)
    }
  }
}
