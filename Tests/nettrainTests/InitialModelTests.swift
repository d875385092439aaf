import Foundation
import TestSupport
import Testing

@Suite("Models to start from") struct InitialModelTests {
  @Test(
    "a model's own output, cost and softmax scale are the defaults",
    arguments: [
      ["--output", "sigmoid"], ["--output", "sigmoid", "--cost", "quadratic"], ["--softmax-scale", "5"],
      ["--output", "linear", "--cost", "quadratic"], ["--activation", "tanh"],
    ])
  func defaults(options: [String]) async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/model"
      let trained = try await run(program, briefly + options + ["--save", model])
      let outcome = try await nettrain("--init-from", model, "--epochs", "0", "--format", "json")
      #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
      let (start, former) = (try outcome.events()[0], try trained.events()[0])
      for name in ["output", "cost", "softmax_scale", "activation", "learning_rate"] {
        #expect("\(start[name] ?? "")" == "\(former[name] ?? "-")")
      }
      let cost = try #require(try outcome.events()[1]["test_cost"] as? Double)
      #expect(abs(cost - (try #require(try trained.events()[4]["test_cost"] as? Double))) < 1e-12)
    }
  }

  @Test("another output, cost or softmax scale than the model's is used with a note")
  func otherObjective() async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/model"
      _ = try await run(program, briefly + ["--softmax-scale", "5", "--save", model])
      for (options, used) in [
        (["--softmax-scale", "1"], "--output softmax --cost cross-entropy"),
        (["--cost", "quadratic"], "--output softmax --cost quadratic --softmax-scale 5"),
        (["--output", "sigmoid"], "--output sigmoid --cost cross-entropy"),
      ] {
        let outcome = try await run(program, ["--init-from", model, "--epochs", "0"] + options)
        #expect(outcome.status == 0)
        #expect(
          outcome.error
            == "nettrain: note: \(model) was trained with --output softmax --cost cross-entropy --softmax-scale 5; "
            + "it is used with \(used)\n")
      }
      let activation = try await nettrain("--init-from", model, "--activation", "relu")
      #expect(activation.status == 64 && activation.error.contains("has sigmoid; leave --activation out"))
      let impossible = try await nettrain("--init-from", model, "--output", "linear")
      #expect(impossible.status == 64)
    }
  }

  @Test("--saturation follows the output of the model")
  func saturation() async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/model"
      _ = try await run(program, briefly + ["--output", "sigmoid", "--save", model])
      #expect(try await nettrain("--init-from", model, "--epochs", "0", "--saturation").status == 0)
      _ = try await run(program, briefly + ["--save", model])
      #expect(try await nettrain("--init-from", model, "--epochs", "0", "--saturation").status == 64)
    }
  }
}
