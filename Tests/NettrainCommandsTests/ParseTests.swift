import ArgumentParser
import NeuralNetwork
import Testing

@testable import NettrainCommands

@Suite("The words of the command line") struct ParseTests {
  private func command<Command: ParsableCommand>(_: Command.Type, _ words: String...) throws -> Command {
    try #require(try Nettrain.parseAsRoot(words) as? Command)
  }

  @Test("without the name of a command, the options are those of train")
  func defaultCommand() throws {
    for words in [["--cost", "quadratic"], ["train", "--cost", "quadratic"]] {
      let train = try #require(try Nettrain.parseAsRoot(words) as? Train)
      #expect(train.network.cost == .quadratic)
    }
    #expect(try command(Resume.self, "resume", "a file", "--epochs", "7").epochs == 7)
  }

  @Test("resume knows no option of the run")
  func resume() {
    for option in ["--cost", "--seed", "--learning-rate", "--limit", "--kernel", "--resume"] {
      #expect(throws: (any Error).self, "\(option)") { try Nettrain.parseAsRoot(["resume", "file", option, "1"]) }
    }
  }

  @Test("numbers have their ranges, and negative ones are not taken for options")
  func numbers() throws {
    #expect(try Parse.count("0") == 0)
    #expect(try Parse.seed("18446744073709551615") == .max)
    #expect(try Parse.hiddenLayers("100,50") == [100, 50])
    #expect(try Parse.hiddenLayers("none") == [])
    #expect(try Parse.share("0.5") == 0.5)
    #expect(try Parse.fraction("1") == 1)
    let refused: [(parse: (String) throws -> Any, words: [String])] = [
      (Parse.count, ["-1", "1.5", "", "9223372036854775808"]), (Parse.positiveCount, ["0", "-1"]),
      (Parse.seed, ["-1", "18446744073709551616"]), (Parse.number, ["nan", "inf", "x"]),
      (Parse.learningRate, ["0", "-1", "nan", "inf"]), (Parse.l2, ["-1", "nan"]), (Parse.share, ["1", "-0.1", "nan"]),
      (Parse.fraction, ["1.1", "nan"]), (Parse.hiddenLayers, ["", "3,", "0", "-3", "4294967296"]), (Parse.name, [""]),
    ]
    for (parse, words) in refused {
      for word in words { #expect(throws: ValidationError.self, "\(word)") { try parse(word) } }
    }
    #expect(throws: (any Error).self) { try command(Train.self, "--learning-rate", "-1") }
  }

  @Test("a percentage is the fraction that it means, to the last bit")
  func percentages() throws {
    for correct in 0...1000 {
      #expect(try Parse.accuracy("\(correct / 10).\(correct % 10)%") == Double(correct) / 1000)
    }
    #expect(throws: ValidationError.self) { try Parse.accuracy("101%") }
  }
}
