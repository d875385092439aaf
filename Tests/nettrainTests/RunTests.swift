import Foundation
import TestSupport
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

  @Test("an accuracy that is reached exactly is reached, as a fraction and in per cent")
  func exactAccuracy() async throws {
    // 824 of 1,000; 82.4 / 100 in floating point is above 0.824.
    let run = try await nettrain("--seed", "7", "--epochs", "1", "--format", "csv", "--require-accuracy", "82.4%")
    #expect(run.lines[1].contains(",0.824,"))
    #expect(run.status == 0)
    #expect(try await nettrain("--seed", "7", "--epochs", "1", "--require-accuracy", "0.824").status == 0)
    #expect(try await nettrain("--seed", "7", "--epochs", "1", "--require-accuracy", "82.5%").status == 4)
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

  @Test("a run that is cut short says so in its last line")
  func cutShort() async throws {
    let interrupted = try await shell(
      #"timeout --signal INT 2 "$nettrain" --epochs 1000000 | tail -n 1"#)
    #expect(try /interrupted after \d+ epochs? in .*: test .*/.wholeMatch(in: interrupted.lines[0]) != nil)
    let diverged = try await nettrain("--output", "linear", "--cost", "quadratic", "--learning-rate", "1000")
    #expect(try /diverged after 0 epochs in .* s\./.wholeMatch(in: diverged.lines.last ?? "") != nil)
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

  @Test("without a standard output nothing goes astray: not the report into the log, nor help into nowhere")
  func closedOutput() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(#""$nettrain" --epochs 1 --log log >&-"#, in: folder)
      #expect(outcome.status == 74)
      #expect(outcome.error.contains("standard output: writing failed (Bad file descriptor); choose another place"))
      let log = try String(contentsOfFile: folder + "/log", encoding: .utf8)
      #expect(!log.contains("bundled"))
      #expect(try await shell(#""$nettrain" --help > /dev/full"#).status == 74)
      #expect(try await shell(#""$nettrain" --version > /dev/full"#).status == 74)
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

  @Test("either kernel trains, as the header says, to the same figures")
  func kernels() async throws {
    let dense = try await nettrain("--epochs", "2", "--kernel", "dense")
    let sparse = try await nettrain("--epochs", "2", "--kernel", "sparse")
    #expect(dense.lines.contains("inputs    dense kernel, 19 % of the pixels are not 0"))
    #expect(sparse.lines.contains { $0.hasPrefix("inputs    sparse kernel for ") })
    // All but the times, which are the last 11 characters.
    let rows = { (outcome: Outcome) in outcome.lines.filter { $0.hasPrefix("    ") }.map { $0.dropLast(11) } }
    #expect(rows(dense).count == 3)
    #expect(rows(dense) == rows(sparse))
  }

  @Test("images too large to be compressed are trained on by the dense kernel, and not by the sparse one")
  func largeImages() async throws {
    try await withTemporaryFolder { folder in
      var data = SmallData()
      let pixels = [UInt8](repeating: 1, count: 300 * 300)
      data.files["train-images-idx3-ubyte"] = idx([12, 300, 300], Array(repeatElement(pixels, count: 12).joined()))
      data.files["t10k-images-idx3-ubyte"] = idx([4, 300, 300], Array(repeatElement(pixels, count: 4).joined()))
      try data.write(to: folder)
      let trained = try await nettrain("--data", folder, "--epochs", "1", "--hidden", "2")
      #expect(trained.status == 0)
      #expect(trained.lines.contains("inputs    dense kernel, 100 % of the pixels are not 0"))
      let refused = try await nettrain("--data", folder, "--epochs", "1", "--hidden", "2", "--kernel", "sparse")
      #expect(refused.status == 64)
      #expect(
        refused.error
          == "nettrain: error: --kernel sparse: images have at most 65536 pixels there, and these have 90000; choose dense\n"
      )
    }
  }

  @Test("more threads train as well")
  func threads() async throws {
    let events = try await nettrain("--threads", "2", "--epochs", "1", "--format", "json").events()
    #expect(events[0]["threads"] as? Int == 2)
    #expect(try #require(events[1]["test_accuracy"] as? Double) > 0.7)
  }

  @Test("more threads than the BLAS has are refused")
  func tooManyThreads() async throws {
    let outcome = try await nettrain("--threads", "99999999999")
    #expect(outcome.status == 64)
    #expect(
      try /nettrain: error: --threads 99999999999: OpenBLAS \S+ runs at most \d+; choose fewer\n/
        .wholeMatch(in: outcome.error) != nil, "\(outcome.error)")
  }

  @Test("linear outputs without a hidden layer have a rate that does not diverge")
  func linearRegression() async throws {
    let outcome = try await nettrain("--output", "linear", "--cost", "quadratic", "--hidden", "none")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("learning rate 0.01,"))
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
