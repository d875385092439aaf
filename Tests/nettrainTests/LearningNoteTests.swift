import TestSupport
import Testing

@Suite("Notes on runs that cannot learn") struct LearningNoteTests {
  /// The lines on stderr of a short run.
  private func notes(_ options: [String]) async throws -> [String] {
    let outcome = try await run(program, ["--limit", "1000", "--epochs", "3", "--format", "csv"] + options)
    return outcome.error.split(separator: "\n").map(String.init)
  }

  @Test("a rate whose first epoch ends far worse than it began has one note")
  func rate() async throws {
    let notes = try await notes(["--learning-rate", "100"])
    #expect(notes.count == 1)
    let pattern =
      /nettrain: note: the first epoch raised the cost from 2\.\d+ to \d+\.\d+; choose a --learning-rate below 100/
    #expect(try pattern.wholeMatch(in: notes.first ?? "") != nil, "\(notes)")
  }

  @Test("saturated neurons, whose outputs are the same for all images, have one note")
  func saturation() async throws {
    let notes = try await notes(["--output", "sigmoid", "--cost", "quadratic", "--learning-rate", "100"])
    #expect(
      notes == [
        "nettrain: note: all test images get the same outputs: the neurons are saturated or dead; choose a "
          + "--learning-rate below 100"
      ])
  }

  @Test("weight decay that turns the signs of the weights has one note, before training")
  func decay() async throws {
    let notes = try await notes(["--l2", "30000"])
    #expect(
      notes == [
        "nettrain: note: each step multiplies the weights by 1 - rate*lambda/examples = -2.000000; choose an --l2 below "
          + "10000"
      ])
  }

  @Test(
    "a run that learns has none, however slowly or wildly",
    arguments: [
      ["--learning-rate", "0.0001"], ["--learning-rate", "8"], ["--init", "large"], ["--batch-size", "1"],
      ["--hidden", "100,30"],
      ["--output", "sigmoid", "--cost", "quadratic", "--init", "large", "--learning-rate", "0.3"],
      ["--output", "linear", "--cost", "quadratic", "--learning-rate", "0.3"], ["--l2", "1000"],
      ["--epochs", "0"], ["--epochs", "0", "--init", "large", "--hidden", "100,100"],
    ])
  func learning(options: [String]) async throws {
    #expect(try await notes(options) == [])
  }

  @Test("--quiet leaves them out")
  func quiet() async throws {
    #expect(try await notes(["--learning-rate", "100", "--quiet"]) == [])
  }
}
