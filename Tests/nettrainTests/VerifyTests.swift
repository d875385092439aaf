import TestSupport
import Testing

@Suite("nettrain verify and slowdown") struct VerifyTests {
  @Test("verify shows sixteen rows that hold, in less than ten seconds of computing")
  func verify() async throws {
    let outcome = try await run("/usr/bin/time", ["--format", "%U", program, "verify"])
    #expect(outcome.status == 0)
    let seconds = try #require(Double(outcome.error.split(separator: "\n").last ?? ""))
    #expect(seconds < 10)
    #expect(outcome.lines.count { $0.hasSuffix("  holds") } == 16)
    #expect(outcome.lines.last == "all claims hold")
    #expect(outcome.lines[0] == "chapter 3 on networks [784, 30, 20, 10] and the bundled digits")
    try #require(outcome.lines.count > 4)
    #expect(outcome.lines[1] == "claim          error    bound")
    #expect(
      outcome.lines[2].wholeMatch(of: /exercise 1   \d\.\de-\d\d  \d\.\de-\d\d  holds/) != nil, "\(outcome.lines[2])")
    #expect(outcome.lines[3] == "  σ′(z) = σ(z)(1 − σ(z))")
    #expect(outcome.lines[4] == "    z from −700 to 700, against five-point differences of σ")
  }

  @Test("verify in JSON has the claims in the chapter's order, with error, bound and verdict")
  func json() async throws {
    let events = try await nettrain("verify", "--format", "json", "--hidden", "10", "--seed", "3").events()
    try #require(events.count == 18)
    #expect(events[0]["layers"] as? [Int] == [784, 10, 10])
    #expect(
      events[1...16].map { $0["id"] as? String } == [
        "exercise 1", "exercise 2", "exercise 3", "problem 1", "problem 2", "problem 3", "exercise 4", "exercise 5",
        "exercise 6", "problem 4", "problem 5", "problem 6", "regularization", "momentum", "neurons", "adam",
      ])
    for event in events[1...16] {
      #expect(try #require(event["error"] as? Double) <= #require(event["bound"] as? Double))
      #expect(event["holds"] as? Bool == true)
    }
    #expect(events[17]["holds"] as? Bool == true)
  }

  @Test("one claim comes with the figures behind it")
  func oneClaim() async throws {
    for id in ["problem 1", "problem-1"] {
      let outcome = try await nettrain("verify", "--claim", id)
      #expect(outcome.status == 0)
      #expect(outcome.lines.count { $0.hasSuffix("  holds") } == 1)
      #expect(outcome.output.contains("sigmoid, quadratic, layer 3, after 3 epochs"))
      #expect(outcome.output.contains("\nbound: "))
    }
    let unknown = try await nettrain("verify", "--claim", "lemma 1")
    #expect(unknown.status == 64)
    #expect(unknown.error.contains("give one of \"exercise 1\", "))
  }

  @Test(
    "the claims hold for networks of any size, whatever they have learned", arguments: ["none", "1", "200", "5,5,5,5"])
  func sizes(hidden: String) async throws {
    for seed in 1...2 {
      let outcome = try await nettrain("verify", "--hidden", hidden, "--seed", "\(seed)")
      #expect(outcome.status == 0, "\(outcome.error)")
    }
  }

  @Test("the claims hold on little data that is learned at once, and on one class there is nothing to verify")
  func smallData() async throws {
    try await withTemporaryFolder { folder in
      var data = SmallData()
      data.files["train-labels-idx1-ubyte"] = idx([12], (0..<12).map { $0 < 6 ? 0 : 1 })
      data.files["t10k-labels-idx1-ubyte"] = idx([4], [0, 0, 1, 1])
      try data.write(to: folder)
      let outcome = try await nettrain("verify", "--data", folder)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
      #expect(
        outcome.lines.prefix(2).joined(separator: " ").contains("chapter 3 on networks [2, 30, 20, 2] and \(folder)"))
      data.files["train-labels-idx1-ubyte"] = idx([12], Array(repeating: 0, count: 12))
      data.files["t10k-labels-idx1-ubyte"] = idx([4], [0, 0, 0, 0])
      try data.write(to: folder)
      let single = try await nettrain("verify", "--data", folder)
      #expect(single.status == 65)
      #expect(single.error.hasSuffix("all training labels are 0; use digits of two classes at least\n"))
    }
  }

  @Test("verify takes other digits, and tells their faults as train does")
  func data() async throws {
    #expect(try await nettrain("verify", "--data", "/nowhere").status == 66)
  }

  @Test("slowdown shows two starts, a plot of each, and a network")
  func slowdown() async throws {
    let outcome = try await nettrain("slowdown", "--network-epochs", "2")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("a neuron from w = 0.6, b = 0.9: input 1, target 0, learning rate 0.15"))
    #expect(outcome.lines.contains("    150   0.93342   0.43563   0.06215     0.02569   0.02602   0.02503"))
    #expect(outcome.lines.contains(" 1.00 |*qqqqqqqqqqqqqqqqqqqqqqqq"))
    #expect(outcome.lines.count { $0.contains("+----") } == 2)
    let network = try #require(outcome.lines.firstIndex { $0.hasPrefix("a network") })
    #expect(outcome.lines.count == network + 5)
  }

  @Test("slowdown in JSON and CSV has every epoch of every run")
  func slowdownForPrograms() async throws {
    let events = try await nettrain("slowdown", "--format", "json", "--epochs", "3", "--network-epochs", "2").events()
    #expect(events.count == 20, "four epochs of four neurons, two of two networks")
    #expect(events[8]["start_weight"] as? Double == 2)
    #expect(events[8]["cost"] as? String == "quadratic")
    #expect(try abs(#require(events[9]["output"] as? Double) - 0.9819216511431203) < 1e-12)
    #expect(try #require(events.last?["saturated"] as? Double) > 0)
    let table = try await nettrain("slowdown", "--format", "csv", "--epochs", "3", "--network-epochs", "2").lines
    #expect(table.count == events.count + 1)
    let widths = table.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }
    #expect(Set(widths) == [12])
  }

  @Test("slowdown takes another start, target and rate; a start has weight and bias")
  func slowdownOptions() async throws {
    let outcome = try await nettrain(
      "slowdown", "--weight", "-3", "--bias", "-1", "--target", "1", "--learning-rate", "0.5", "--epochs", "50",
      "--network-epochs", "0")
    #expect(outcome.output.contains("a neuron from w = -3, b = -1: input 1, target 1, learning rate 0.5"))
    #expect(!outcome.output.contains("a network"))
    #expect(try await nettrain("slowdown", "--weight", "2").status == 64)
    #expect(try await nettrain("slowdown", "--target", "2").status == 64)
    #expect(try await nettrain("slowdown", "--epochs", "999999999999", "--network-epochs", "0").status == 64)
    let few = try await nettrain("slowdown", "--epochs", "19", "--network-epochs", "0")
    let rows = few.lines.filter { $0.wholeMatch(of: /\ *\d+( +\d\.\d{5}){6}/) != nil }
    #expect(rows.count == 22, "eleven rows for each of two starts")
  }

  @Test("--saturation adds two figures to each epoch of train, and changes no other")
  func saturation() async throws {
    let options = ["--output", "sigmoid", "--epochs", "2", "--format", "json"]
    var plain = try await run(program, options).events()
    var measured = try await run(program, options + ["--saturation"]).events()
    #expect(plain[0].removeValue(forKey: "saturation") as? Bool == false)
    #expect(measured[0].removeValue(forKey: "saturation") as? Bool == true)
    for index in 1...2 {
      #expect((0...0.25).contains(try #require(measured[index].removeValue(forKey: "mean_slope") as? Double)))
      #expect((0...1).contains(try #require(measured[index].removeValue(forKey: "saturated") as? Double)))
    }
    #expect(try withoutTimes(measured) == withoutTimes(plain))
    let untrained = try await nettrain("--output", "sigmoid", "--epochs", "0", "--format", "csv", "--saturation")
    #expect(untrained.lines[0].hasSuffix(",mean_slope,saturated"))
    #expect(untrained.lines[1].hasSuffix(",,"))
    let text = try await nettrain("--output", "sigmoid", "--epochs", "1", "--saturation")
    #expect(text.output.contains("  slope  saturated\n"))
    #expect(try await nettrain("--saturation").status == 64)
  }

  @Test("label smoothing and a softmax scale are trained to the end")
  func smoothing() async throws {
    for options in [
      ["--label-smoothing", "0.1"], ["--label-smoothing", "0.1", "--output", "sigmoid"], ["--softmax-scale", "2"],
      ["--softmax-scale", "0.5", "--cost", "quadratic", "--label-smoothing", "0.05"],
    ] {
      let outcome = try await run(program, options + ["--require-accuracy", "0.88", "--quiet"])
      #expect(outcome.status == 0, "\(outcome.error)")
    }
  }
}
