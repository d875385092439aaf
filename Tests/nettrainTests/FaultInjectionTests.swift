import Foundation
import TestSupport
import Testing

/// Whether calls of the system can be made to fail here.
private let canInject = succeeds("strace", "-o", "/dev/null", "true")

@Suite("Failing calls of the system", .enabled(if: canInject, "strace may not trace here"))
struct FaultInjectionTests {
  @Test(
    "whichever write, flush or rename of a comparison fails, the logs of the runs that have ended are kept whole, and the same command continues",
    arguments: [("write", "ENOSPC"), ("fsync", "EIO"), ("rename", "EIO")])
  func comparison(call: String, error: String) async throws {
    let comparison =
      [program, "compare", "--pair", "sigmoid:quadratic", "--pair", "softmax:cross-entropy", "--seeds", "2"]
      + ["--epochs", "1", "--limit", "50", "--hidden", "3", "--jobs", "1", "--quiet", "--format", "csv"]
    let whole = try await run(comparison[0], Array(comparison.dropFirst()))
    var failed = 0
    for count in 1... {
      let (wasInjected, status) = try await withTemporaryFolder { folder in
        let outcome = try await run(
          "strace",
          ["-f", "-qq", "-o", "trace", "-e", "trace=\(call)", "-e", "inject=\(call):error=\(error):when=\(count)"]
            + comparison + ["--out", "runs"], in: folder)
        let wasInjected = try String(contentsOfFile: folder + "/trace", encoding: .utf8).contains("(INJECTED)")
        if outcome.status != 0 {
          // Calls are counted by thread, so the write of the message itself may be one that fails.
          #expect(outcome.error.count { $0 == "\n" } == 1 || call == "write", "\(outcome.error)")
          let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/runs")
          #expect(names.allSatisfy { $0.hasSuffix(".jsonl") || $0 == "plan.json" }, "\(call) \(count): \(names)")
          for name in names where name != "plan.json" {
            let log = try String(contentsOfFile: "\(folder)/runs/\(name)", encoding: .utf8)
            #expect(log.hasSuffix("}\n") && log.contains(#""event":"end""#), "\(call) \(count): \(name)")
          }
        }
        let again = try await run(comparison[0], comparison.dropFirst() + ["--out", "runs"], in: folder)
        #expect(again.status == 0 && again.output == whole.output, "\(call) \(count): \(again.error)")
        return (wasInjected, outcome.status)
      }
      guard wasInjected else { break }
      #expect(status == 74, "\(call) \(count)")
      failed += 1
    }
    #expect(failed >= 4, "each of the four logs failed once, and the plan with the first")
  }

  @Test("where the system has no thread for a comparison, its runs are trained by fewer threads, with the same result")
  func noThreads() async throws {
    let comparison =
      [program, "compare", "--pair", "sigmoid:quadratic", "--pair", "softmax:cross-entropy", "--seeds", "2"]
      + ["--epochs", "1", "--limit", "50", "--hidden", "3", "--jobs", "4", "--quiet", "--format", "csv"]
    let whole = try await run(comparison[0], Array(comparison.dropFirst()))
    try await withTemporaryFolder { folder in
      // Without threads of the BLAS, which ends the program itself where there is none.
      let outcome = try await run(
        "strace",
        ["-f", "-qq", "-o", "trace", "-E", "OPENBLAS_NUM_THREADS=1", "-e", "trace=clone,clone3"]
          + ["-e", "inject=clone,clone3:error=EAGAIN"] + comparison, in: folder)
      #expect(try String(contentsOfFile: folder + "/trace", encoding: .utf8).contains("(INJECTED)"))
      #expect(outcome.status == 0 && outcome.output == whole.output, "\(outcome.error)")
    }
  }

  @Test(
    "whichever write, flush or rename of a save fails, the status is 74, the old or the new file is whole, and nothing is left",
    arguments: [("write", "ENOSPC"), ("write", "EIO"), ("fsync", "EIO"), ("rename", "EIO")])
  func failures(call: String, error: String) async throws {
    try await withTemporaryFolder { folder in
      let options = ["--epochs", "2", "--limit", "50", "--hidden", "3", "--quiet", "--format", "csv"]
      let outputs = ["--save", "model", "--save-best", "best", "--checkpoint", "checkpoint"]
      let names = ["best", "checkpoint", "model"]
      var old: [String: Data] = [:]
      // Other files than those of the run, and whole.
      _ = try await run(program, options + outputs + ["--seed", "1"], in: folder)
      for name in names { old[name] = try bytes("\(folder)/\(name)") }
      try await withTemporaryFolder { reference in
        _ = try await run(program, options + outputs, in: reference)
        var failed = 0
        for count in 1... {
          for name in names { try old[name]?.write(to: URL(filePath: "\(folder)/\(name)")) }
          let outcome = try await run(
            "strace",
            ["-f", "-qq", "-o", "trace", "-e", "trace=\(call)", "-e", "inject=\(call):error=\(error):when=\(count)"]
              + [program] + options + outputs + ["--force"], in: folder)
          let wasInjected = try String(contentsOfFile: folder + "/trace", encoding: .utf8).contains("(INJECTED)")
          try FileManager.default.removeItem(atPath: folder + "/trace")
          guard wasInjected else { break }
          if outcome.status != 0 {
            failed += 1
            #expect(outcome.status == 74, "\(call) \(count): \(outcome.error)")
            #expect(outcome.error.count { $0 == "\n" } == 1, "\(outcome.error)")
          }
          #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == names, "\(call) \(count)")
          let model = try bytes(folder + "/model")
          let isWhole = try model == old["model"] || model == bytes(reference + "/model")
          #expect(isWhole, "\(call) \(count)")
          let best = try await nettrain("--init-from", "best", "--epochs", "0", in: folder)
          #expect(best.status == 0, "\(call) \(count): \(best.error)")
          let resumed = try await nettrain("resume", "checkpoint", "--quiet", in: folder)
          #expect(resumed.status == 0, "\(call) \(count): \(resumed.error)")
        }
        #expect(failed >= 4, "\(failed) calls have failed")
      }
    }
  }
}
