import Foundation
import TestSupport
import Testing

@Suite("Memory") struct AllocationTests {
  /// The number of times a run asks the C library for memory.
  private func allocations(_ folder: String, _ arguments: [String]) async throws -> Int {
    let count = folder + "/count"
    let outcome = try await run(
      program, ["--epochs", "1"] + arguments,
      environment: [
        // What else could differ from run to run: how hash tables collide, and when threads start.
        "SWIFT_DETERMINISTIC_HASHING": "1", "OPENBLAS_NUM_THREADS": "1",
        "LD_PRELOAD": folder + "/counter.so", "ALLOCATION_COUNT": count,
      ])
    #expect(outcome.status == 0, "\(outcome.error)")
    return try #require(Int(String(contentsOfFile: count, encoding: .utf8)))
  }

  @Test(
    "a training step allocates nothing: 230 more mini-batches do not show in the count of allocations",
    arguments: [
      ["--kernel", "dense"], ["--kernel", "sparse"], ["--kernel", "dense", "--precision", "single"],
      ["--kernel", "sparse", "--precision", "single"], ["--hidden", "none"], ["--hidden", "20,15", "--l2", "1"],
      ["--output", "sigmoid", "--cost", "quadratic"], ["--output", "sigmoid"], ["--cost", "quadratic"],
      ["--output", "linear", "--cost", "quadratic", "--no-shuffle"], ["--label-smoothing", "0.1"],
      ["--activation", "tanh", "--momentum", "0.9"],
      ["--activation", "relu", "--kernel", "dense", "--momentum", "0.5"],
      ["--optimizer", "adam"], ["--optimizer", "adam", "--kernel", "dense", "--precision", "single"], ["--l1", "1"],
      ["--momentum", "0.5", "--l1", "1", "--l2", "1"],
      ["--dropout", "0.5"],
      ["--hidden", "20,15", "--dropout", "0.2,0.5", "--kernel", "dense", "--precision", "single"],
    ])
  func trainingStep(arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      let source = root + "/Tests/nettrainTests/AllocationCounter/counter.c"
      let compiled = try await Self.compile(source, to: folder + "/counter.so")
      #expect(compiled.status == 0, "\(compiled.error)")
      // The last mini-batch of either is short. What comes before and after the training, such as the text of the
      // times it took, makes the count waver by one or two.
      let fewer = try await allocations(folder, arguments + ["--limit", "1005"])
      let more = try await allocations(folder, arguments + ["--limit", "3305"])
      #expect(fewer > 1000, "the counter counts")
      #expect(abs(more - fewer) < 10)
    }
  }

  private static func compile(_ source: String, to library: String) async throws -> Outcome {
    try await run("clang", ["-shared", "-fPIC", "-O2", "-o", library, source])
  }
}
