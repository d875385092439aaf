import Testing

@Suite("Help") struct HelpTests {
  @Test(
    "--help shows the options of train with their defaults, an example, and goes to stdout",
    arguments: [
      ["--help"], ["-h"], ["help"], ["train", "--help"], ["help", "train"], ["--cost", "quadratic", "--help"],
    ])
  func help(arguments: [String]) async throws {
    let outcome = try await run(program, arguments)
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    for option in [
      "data <dir>", "limit <n>", "validation <n>", "hidden <list>", "output <kind>", "cost <kind>", "epochs <n>",
      "batch-size <n>", "learning-rate <x>", "l2 <x>", "init <kind>", "seed <n>", "no-shuffle", "precision <type>",
      "threads <n>", "kernel <kind>", "label-smoothing <x>", "softmax-scale <c>", "log <file>", "format <kind>",
      "progress <when>",
      "color <when>", "quiet", "require-accuracy <x>",
    ] {
      #expect(outcome.output.contains("  --\(option)"))
    }
    #expect(outcome.output.contains("USAGE: nettrain [train] [<options>]"))
    #expect(outcome.output.contains("  nettrain --output sigmoid --cost quadratic\n"))
    #expect(outcome.output.contains("(values: sigmoid, softmax, linear;"))
  }

  @Test("--version is one line")
  func version() async throws {
    #expect(try await nettrain("--version").output == "0.1.0\n")
  }

  @Test("train is the default command")
  func defaultCommand() async throws {
    let named = try await nettrain("train", "--epochs", "1", "--format", "json").events()
    let plain = try await nettrain("--epochs", "1", "--format", "json").events()
    #expect(try withoutTimes(named) == withoutTimes(plain))
  }
}
