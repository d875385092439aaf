import TestSupport
import Testing
import Foundation

@Suite("Signals") struct SignalTests {
  @Test(
    "SIGINT, SIGTERM, SIGHUP and SIGUSR1 end a run between two mini-batches; what was finished is logged",
    arguments: [
      ("INT", 130), ("TERM", 143), ("HUP", 129), ("USR1", 138),
    ])
  func signals(name: String, status: Int) async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        set -m # otherwise SIGINT would be ignored in the background
        "$nettrain" --epochs 1000000 --format json --log log > output &
        set +m
        until [ -e log ] && [ "$(wc -l < log)" -ge 2 ]; do sleep 0.1; done
        kill -\(name) $!
        wait $!
        """, in: folder)
      #expect(outcome.status == status)
      #expect(outcome.error == "")
      let log = try String(contentsOfFile: folder + "/log", encoding: .utf8)
      let events = try jsonLines(log)
      #expect(events.count > 2)
      let end = try #require(events.last)
      #expect(end["status"] as? String == "interrupted")
      #expect(end["epochs"] as? Int == events.count - 2)
      #expect(try String(contentsOfFile: folder + "/output", encoding: .utf8) == log)
    }
  }

  @Test("a second signal after a while ends the program at once; one that follows closely is an echo")
  func secondSignal() async throws {
    // A mini-batch of all examples and 4,000 hidden neurons takes seconds.
    let outcome = try await shell(
      """
      "$nettrain" --hidden 4000,4000 --batch-size 3334 --epochs 3 --quiet > /dev/null &
      sleep 2
      kill -TERM $!
      sleep 2.5
      kill -TERM $!
      start=$SECONDS
      wait $!
      echo $? $((SECONDS - start))
      """)
    #expect(["143 0\n", "143 1\n"].contains(outcome.output))
  }

  @Test("SIGINT and SIGHUP that the parent had ignored stay ignored", arguments: ["INT", "HUP"])
  func ignoredSignal(name: String) async throws {
    let outcome = try await shell(
      """
      trap '' \(name)
      "$nettrain" --epochs 20 > /dev/null &
      sleep 0.1
      kill -\(name) $!
      wait $!
      """)
    #expect(outcome.status == 0)
  }

  @Test("a signal ends a comparison while it makes its variants or lists its runs", arguments: ["", "--seeds 10000"])
  func listing(options: String) async throws {
    try await withTemporaryFolder { folder in
      // It would take 20 seconds, and with all seeds the commands fill a hundred megabytes.
      let values = options.isEmpty ? (1...10_000).map(String.init).joined(separator: ",") : "1,2"
      let outcome = try await shell(
        """
        "$nettrain" compare --pair linear:quadratic --seeds 1 --vary l2=\(values) \(options) --dry-run > commands &
        sleep 0.7
        start=$SECONDS
        kill -TERM $!
        wait $!
        echo $? $((SECONDS - start))
        """, in: folder)
      #expect(["143 0\n", "143 1\n"].contains(outcome.output), "\(outcome.output)")
    }
  }

  @Test("a signal ends a run that waits for a process to read its log")
  func unreadLog() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        mkfifo log
        timeout --signal TERM --kill-after 60 1 "$nettrain" --log log
        """, in: folder)
      #expect(outcome.status == 143 || outcome.status == 124, "\(outcome.status)")
      #expect(outcome.error == "")
    }
  }

  @Test("a signal ends a run whose output nobody reads, and its log and checkpoint are complete")
  func unreadOutput() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        mkfifo pipe
        exec 3<> pipe # a pipe that is open for reading and is not read
        head -c 61440 /dev/zero >&3 # 4096 bytes are left
        "$nettrain" --epochs 100000 --hidden none --limit 20 --format json --log log --checkpoint checkpoint >&3 &
        until grep -q '"epoch":8,' log 2> /dev/null; do sleep 0.05; done
        kill -HUP $!
        wait $!
        """, in: folder)
      #expect(outcome.status == 129)
      let events = try jsonLines(String(contentsOfFile: folder + "/log", encoding: .utf8))
      #expect(events.last?["status"] as? String == "interrupted")
      #expect(events.last?["epochs"] as? Int == events.count - 2)
      let resumed = try await nettrain(
        "resume", "checkpoint", "--epochs", "100001", "--format", "csv", "--log", "log", "--patience", "1", in: folder)
      #expect(resumed.status == 78, "the checkpoint is whole: \(resumed.error)")
    }
  }
}
