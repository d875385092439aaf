import TestSupport
import Testing

@Suite("Help") struct HelpTests {
  @Test(
    "the help of train shows all its options with their defaults, an example, and goes to stdout",
    arguments: [
      ["train", "--help"], ["train", "-h"], ["help", "train"], ["train", "--cost", "quadratic", "--help"],
    ])
  func help(arguments: [String]) async throws {
    let outcome = try await run(program, arguments)
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    for option in [
      "data <dir>", "limit <n>", "validation <n>", "validation-split <kind>",
      "hidden <list>", "output <kind>", "cost <kind>", "epochs <n>",
      "batch-size <n>", "learning-rate <x>", "l2 <x>", "init <kind>", "seed <n>", "no-shuffle", "precision <type>",
      "threads <n>", "kernel <kind>", "label-smoothing <x>", "softmax-scale <c>", "log <file>", "format <kind>",
      "progress <when>", "color <when>", "quiet", "require-accuracy <x>", "best-by <metric>", "min-delta <x>",
    ] {
      #expect(outcome.output.contains("  --\(option)"))
    }
    #expect(outcome.output.contains("USAGE: nettrain [train] [<options>]"))
    #expect(outcome.output.contains("  nettrain --output sigmoid --cost quadratic\n"))
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("The output layer. (default: softmax) (values: sigmoid, softmax, linear)"))
    #expect(!outcome.output.contains("--resume"), "the spelling of earlier versions is hidden")
  }

  @Test("--help lists the commands and the options used most", arguments: [["--help"], ["-h"], ["help"]])
  func overview(arguments: [String]) async throws {
    let outcome = try await run(program, arguments)
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    for command in [
      "train (default)", "resume", "evaluate", "predict", "page", "data", "compare", "summarize", "plot", "verify",
      "slowdown",
    ] {
      #expect(outcome.output.contains("\n  \(command) "), "\(command)")
    }
    for option in ["--data <dir>", "--output <kind>", "--cost <kind>", "--hidden <list>", "--epochs <n>"] {
      #expect(outcome.output.contains("  \(option)"))
    }
    #expect(outcome.output.contains("USAGE: nettrain [train] [<options>]\n"))
    #expect(!outcome.output.contains("label-smoothing"))
  }

  @Test(
    "the help of each command goes to stdout",
    arguments: ["resume", "evaluate", "predict", "page", "data", "compare", "summarize", "plot", "verify", "slowdown"])
  func command(name: String) async throws {
    for arguments in [["help", name], [name, "--help"]] {
      let outcome = try await run(program, arguments)
      #expect(outcome.status == 0 && outcome.error == "")
      #expect(outcome.output.contains("USAGE: nettrain \(name) "))
    }
  }

  @Test(
    "--version is one line, with every command",
    arguments: [
      "", "train", "resume", "evaluate", "predict", "page", "data", "compare", "summarize", "plot", "verify",
      "slowdown",
    ])
  func version(command: String) async throws {
    let words = command.isEmpty ? [] : [command]
    #expect(try await run(program, words + ["--version"]).output == "0.2.0\n")
  }

  @Test("train is the default command")
  func defaultCommand() async throws {
    let named = try await nettrain("train", "--epochs", "1", "--format", "json").events()
    let plain = try await nettrain("--epochs", "1", "--format", "json").events()
    #expect(try withoutTimes(named) == withoutTimes(plain))
  }
}
