import Foundation
import TestSupport
import Testing

@Suite("Divergence") struct DivergenceTests {
  /// A model of 784 pixels and 10 classes whose weights are finite and whose outputs overflow.
  private func writeOverflowingModel(_ path: String) throws {
    let bias = [Double](repeating: 0, count: 10)
    let weights = (0..<10).flatMap { [Double](repeating: $0 < 5 ? 1e308 : -1e308, count: 784) }
    let header =
      #"{"layers.0.bias":{"dtype":"F64","shape":[10],"data_offsets":[0,80]},"#
      + #""layers.0.weight":{"dtype":"F64","shape":[10,784],"data_offsets":[80,62800]}}"#
    let padded = header + String(repeating: " ", count: -header.utf8.count & 7)
    let data = (bias + weights).flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
    try makeFile(
      path, [UInt8(padded.utf8.count & 255), UInt8(padded.utf8.count >> 8), 0, 0, 0, 0, 0, 0] + padded.utf8 + data)
  }

  @Test("outputs that overflow are status 3 without an accuracy, and the model is to blame", arguments: ["0", "1"])
  func overflowingModel(epochs: String) async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/model"
      try writeOverflowingModel(model)
      let outcome = try await nettrain(
        "--init-from", model, "--epochs", epochs, "--format", "json", "--require-accuracy", "5%", "--save",
        folder + "/saved")
      #expect(outcome.status == 3)
      #expect(
        outcome.error == "nettrain: error: the network diverged before any training: a cost or weight is no longer "
          + "finite; choose another model than \(model)\n")
      let events = try outcome.events()
      for event in events.dropFirst() {
        for (name, value) in event where name.contains("accuracy") || name.contains("best") {
          #expect(value is NSNull, "\(name)")
        }
      }
      #expect(events.last?["status"] as? String == "diverged")
      #expect(try names(in: folder) == ["model"])
      let evaluation = try await nettrain("evaluate", model, "--format", "json", "--quiet")
      #expect(evaluation.status == 3 && evaluation.output == "" && evaluation.error.contains("choose another model"))
      let text = try await nettrain("--init-from", model, "--epochs", epochs)
      #expect(!text.output.contains("%  ") && !text.output.contains(": test"), "\(text.output)")
    }
  }

  @Test("an epoch that diverged is never the best: log, text and file agree")
  func divergedEpoch() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await nettrain(
        "--precision", "single", "--batch-size", "3334", "--learning-rate", "1e38", "--epochs", "5", "--save-best",
        folder + "/best", "--log", folder + "/log.jsonl")
      #expect(outcome.status == 3)
      let end = try #require(try jsonLines(String(contentsOfFile: folder + "/log.jsonl", encoding: .utf8)).last)
      #expect(end["epochs"] as? Int == 2 && end["best_epoch"] as? Int == 1)
      #expect(end["test_accuracy"] is NSNull && end["test_accuracy_at_best"] is Double)
      #expect(outcome.lines.last?.contains("diverged after 2 epochs") ?? false)
      #expect(outcome.lines.last?.contains("; best epoch 1: ") ?? false)
      let marked = outcome.lines.filter { $0.contains(" * ") }
      #expect(marked.count == 1 && marked[0].hasPrefix("    1 "))
      let file = try String(decoding: contents(folder + "/best").prefix(4096), as: UTF8.self)
      #expect(file.contains(#""epoch":"1""#))
    }
  }

  @Test(
    "the remedy names the choice that is to blame",
    arguments: [
      (["--l2", "1e6"], "choose an --l2 below 1000000 or a --learning-rate below 0.1"),
      (["--l2", "1e308", "--init", "large"], "choose an --l2 below 1e+308 or a --learning-rate below 0.1"),
      (["--softmax-scale", "1e308"], "choose a --softmax-scale below 1e+308"),
      (["--output", "linear", "--cost", "quadratic", "--learning-rate", "99"], "choose a --learning-rate below 99"),
    ])
  func remedies(options: [String], remedy: String) async throws {
    let outcome = try await run(program, options + ["--epochs", "1", "--format", "csv"])
    #expect(outcome.status == 3)
    #expect(outcome.error.hasSuffix("; \(remedy)\n"), "\(outcome.error)")
  }

  @Test("a penalty that overflows without training is the l2's fault")
  func penalty() async throws {
    let outcome = try await nettrain("--l2", "1e308", "--init", "large", "--epochs", "0", "--format", "csv")
    #expect(outcome.status == 3)
    #expect(outcome.error.hasSuffix("; choose an --l2 below 1e+308\n"), "\(outcome.error)")
  }
}
