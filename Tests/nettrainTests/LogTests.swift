import Foundation
import TestSupport
import Testing

@Suite("Logs") struct LogTests {
  /// Options of a run that lasts until it is stopped.
  private let endlessly = "--epochs 1000000 --hidden none --limit 20 --quiet"

  @Test("a second run on a log that is being written is refused with status 75, and every line stays whole")
  func twoRuns() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        "$nettrain" \(endlessly) --log log > /dev/null &
        while [ ! -s log ]; do sleep 0.02; done
        "$nettrain" --epochs 1 --log log
        status=$?
        kill -TERM $!
        wait $!
        exit $status
        """, in: folder)
      #expect(outcome.status == 75)
      #expect(
        outcome.error
          == "nettrain: error: log: another run is writing this log; wait for it, or choose another name\n")
      let events = try jsonLines(String(contentsOfFile: folder + "/log", encoding: .utf8))
      #expect(events.last?["epochs"] as? Int == events.count - 2)
    }
  }

  @Test("a log that another program empties meanwhile goes on with whole lines")
  func emptied() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        "$nettrain" \(endlessly) --log log > /dev/null &
        while [ ! -s log ]; do sleep 0.02; done
        : > log
        while [ ! -s log ]; do sleep 0.02; done
        kill -TERM $!
        wait $!
        """, in: folder)
      #expect(outcome.status == 143)
      let log = try contents(folder + "/log")
      #expect(!log.contains(0))
      let events = try jsonLines(String(decoding: log, as: UTF8.self))
      #expect(events.last?["event"] as? String == "end")
      #expect(events.dropLast().allSatisfy { $0["event"] as? String == "epoch" })
    }
  }

  @Test(
    "logs, models and checkpoints have the permissions that the umask allows",
    arguments: [("002", 0o664), ("077", 0o600)])
  func permissions(umask: String, mode: Int) async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        umask \(umask)
        "$nettrain" --epochs 1 --limit 20 --quiet --log log --save model --save-best best --checkpoint checkpoint
        """, in: folder)
      #expect(outcome.status == 0)
      for name in ["log", "model", "best", "checkpoint"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
        #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
      }
    }
  }

  @Test("the log of a run that was killed can be written at once")
  func killed() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        "$nettrain" \(endlessly) --log log > /dev/null &
        while [ ! -s log ]; do sleep 0.02; done
        kill -KILL $!
        "$nettrain" --epochs 1 --limit 20 --quiet --log log
        """, in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(try jsonLines(String(contentsOfFile: folder + "/log", encoding: .utf8)).count == 3)
      #expect(try names(in: folder) == ["log"])
    }
  }
}
