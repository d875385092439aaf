import Foundation
import Testing

@Suite("Runs") struct RunTests {
  @Test("the same seed twice gives the same JSON but for times; another seed does not")
  func determinism() async throws {
    func events(_ seed: String) async throws -> [String] {
      try withoutTimes(await nettrain("--format", "json", "--epochs", "3", "--seed", seed).events())
    }
    let first = try await events("5")
    #expect(try await events("5") == first)
    #expect(try await events("6") != first)
  }

  @Test(
    "each pair learns the bundled digits with its default rate: 88 % at least, a mean of seeds 0 to 4",
    arguments: [
      ["sigmoid", "quadratic"], ["sigmoid", "cross-entropy"], ["softmax", "quadratic"], ["softmax", "cross-entropy"],
      ["linear", "quadratic"],
    ])
  func accuracy(pair: [String]) async throws {
    var sum = 0.0
    for seed in 0...4 {
      let outcome = try await nettrain(
        "--output", pair[0], "--cost", pair[1], "--seed", "\(seed)", "--format", "json")
      sum += try #require(try outcome.events().last?["test_accuracy"] as? Double)
    }
    #expect(sum / 5 >= 0.88)
  }

  @Test("--cost cross-entropy --output softmax reaches 90 % on the bundled digits")
  func mainJob() async throws {
    let outcome = try await nettrain("--cost", "cross-entropy", "--output", "softmax", "--require-accuracy", "0.90")
    #expect(outcome.status == 0)
  }

  @Test("an accuracy that is required and not reached is status 4, after the full report")
  func requireAccuracy() async throws {
    let outcome = try await nettrain("--epochs", "1", "--require-accuracy", "99.5%")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("1 epoch in"))
    let pattern =
      /nettrain: error: --require-accuracy 0.995: \d+ of 1000 test images are right, \d\d\.\d\d %; train longer or ask for less\n/
    #expect(try pattern.wholeMatch(in: outcome.error) != nil, "\(outcome.error)")
    #expect(try await nettrain("--epochs", "1", "--require-accuracy", "0.5").status == 0)
  }

  @Test("divergence is status 3, told on stderr and in the log")
  func divergence() async throws {
    let outcome = try await nettrain(
      "--output", "linear", "--cost", "quadratic", "--learning-rate", "1000", "--format", "json")
    #expect(outcome.status == 3)
    let pattern =
      /nettrain: error: training diverged in epoch 1, at mini-batch \d+: a cost or weight is no longer finite; choose a --learning-rate below 1000\n/
    #expect(try pattern.wholeMatch(in: outcome.error) != nil, "\(outcome.error)")
    let events = try outcome.events()
    #expect(events.count == 2)
    #expect(events[1]["status"] as? String == "diverged")
    #expect(events[1]["epochs"] as? Int == 0)
    #expect(events[1]["test_accuracy"] is NSNull)
  }

  @Test(
    "SIGINT and SIGTERM end a run between two mini-batches; what was finished is logged",
    arguments: [
      ("INT", 130), ("TERM", 143),
    ])
  func signals(name: String, status: Int) async throws {
    try await withTemporaryFolder { folder in
      // The shell starts background jobs with SIGINT ignored, so it is the shell that goes to the background.
      let outcome = try await shell(
        """
        exec 3>&1
        mkfifo lines
        bash -c 'echo $$ > pid; exec "$nettrain" --epochs 1000000 --format json --log log > lines' 2> error &
        head -n 4 lines > first
        kill -\(name) "$(cat pid)"
        wait $!
        """, in: folder)
      // head closes the pipe, so a line written after the signal may end the program by SIGPIPE instead.
      #expect([status, 141].contains(outcome.status))
    }
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        timeout --signal \(name) --preserve-status 1 "$nettrain" --epochs 1000000 --format json --log log > output
        """, in: folder)
      #expect(outcome.status == status)
      #expect(outcome.error == "")
      let log = try String(contentsOfFile: folder + "/log", encoding: .utf8)
      let events = try jsonLines(log)
      #expect(events.count > 3)
      let end = try #require(events.last)
      #expect(end["status"] as? String == "interrupted")
      #expect(end["epochs"] as? Int == events.count - 2)
      #expect(try String(contentsOfFile: folder + "/output", encoding: .utf8) == log)
    }
  }

  @Test("a reader that closes the pipe ends the run quietly, whatever the parent does with SIGPIPE")
  func closedPipe() async throws {
    for prefix in ["", "trap '' PIPE; "] {
      let outcome = try await shell(
        #"\#(prefix)"$nettrain" --epochs 100000 | head -n 1; echo "${PIPESTATUS[0]}""#)
      #expect(outcome.lines.last == "141")
      #expect(outcome.error == "")
    }
  }

  @Test("a write that fails later is status 74")
  func fullDisk() async throws {
    let output = try await shell(#""$nettrain" --epochs 1 > /dev/full"#)
    #expect(output.status == 74)
    #expect(
      output.error
        == "nettrain: error: standard output: writing failed (No space left on device); make room for it and run again\n"
    )
    let log = try await nettrain("--epochs", "1", "--log", "/dev/full")
    #expect(log.status == 74)
    #expect(
      log.error
        == "nettrain: error: /dev/full: writing failed (No space left on device); make room for it and run again\n")
  }

  @Test("more threads train as well")
  func threads() async throws {
    let events = try await nettrain("--threads", "2", "--epochs", "1", "--format", "json").events()
    #expect(events[0]["threads"] as? Int == 2)
    #expect(try #require(events[1]["test_accuracy"] as? Double) > 0.7)
  }

  @Test("file order, label smoothing, a softmax scale and large weights each change the training")
  func options() async throws {
    func cost(_ arguments: String...) async throws -> Double {
      let outcome = try await run(program, ["--epochs", "1", "--format", "json"] + arguments)
      return try #require(try outcome.events()[1]["test_cost"] as? Double)
    }
    let costs = try await [
      cost(), cost("--no-shuffle"), cost("--label-smoothing", "0.1"), cost("--softmax-scale", "2"),
      cost("--init", "large"), cost("--l2", "1"), cost("--precision", "single"), cost("--hidden", "none"),
      cost("--batch-size", "20"), cost("--learning-rate", "0.2"),
    ]
    #expect(Set(costs).count == costs.count)
  }
}
