import Foundation
import TestSupport
import Testing

/// The end by SIGPIPE, 128 + 13, as a shell says.
private let closedPipe = 141

@Suite("Readers that close their pipe") struct ClosedPipeTests {
  /// Runs a command line whose pipe is closed, and returns the status of its first command.
  private func status(_ pipeline: String, in folder: String) async throws -> Int {
    let outcome = try await shell("\(pipeline); echo ${PIPESTATUS[0]} >&2", in: folder)
    return try #require(Int(outcome.error.trimmingCharacters(in: .whitespacesAndNewlines)), "\(outcome.error)")
  }

  @Test(
    "a training ends, and its log and checkpoint hold the state reached",
    arguments: ["head -n 1", "true", "(read line; exec head -n 20)"])
  func training(reader: String) async throws {
    try await withTemporaryFolder { folder in
      let train = "\"$nettrain\" --epochs 100000 --limit 20 --hidden 2 --quiet --checkpoint c --save m --log log"
      #expect(try await status("\(train) | \(reader) > /dev/null", in: folder) == closedPipe)
      #expect(try names(in: folder) == ["c", "log"], "neither a lock nor a model that is not trained")
      let events = try jsonLines(String(contentsOfFile: folder + "/log", encoding: .utf8))
      #expect(events.last?["status"] as? String == "interrupted")
      let done = try #require(events.last?["epochs"] as? Int)
      #expect(events.count == done + 2)
      let resumed = try await nettrain(
        "resume", "c", "--epochs", "100001", "--patience", "1", "--quiet", "--log", "log", in: folder)
      #expect(resumed.status == 78, "the checkpoint is whole: \(resumed.error)")
    }
  }

  @Test("a comparison ends, and keeps the runs that have ended and no lock", arguments: ["2>&1", "2>&1 > /dev/null"])
  func comparison(streams: String) async throws {
    try await withTemporaryFolder { folder in
      let compare =
        "timeout 60 \"$nettrain\" compare --pair softmax:quadratic --epochs 3 --limit 50 --hidden 2 --seeds 1000 --out d \(streams)"
      #expect(try await status("\(compare) | head -n 3 > /dev/null", in: folder) == closedPipe)
      let files = try names(in: folder + "/d")
      #expect(files.contains("plan.json") && files.count { $0.hasSuffix(".jsonl") } >= 3)
      #expect(files.allSatisfy { !$0.hasPrefix(".") }, "\(files)")
    }
  }

  @Test("a command that prints ends quietly, also where its parent ignores the signal")
  func reports() async throws {
    try await withTemporaryFolder { folder in
      _ = try await nettrain(
        "--epochs", "1", "--limit", "50", "--hidden", "2", "--quiet", "--save", "m", "--log", "l.jsonl", in: folder)
      for command in ["--help", "evaluate m", "data", "plot l.jsonl", "summarize l.jsonl", "slowdown", "predict m m"] {
        for trap in ["", "trap '' PIPE; "] {
          let pipeline = "\(trap)(sleep 0.2; exec \"$nettrain\" \(command) 2> /dev/null) | true"
          let status = try await status(pipeline, in: folder)
          // The last one reads no image.
          #expect(status == (command == "predict m m" ? 65 : closedPipe), "\(command)")
        }
      }
    }
  }
}
