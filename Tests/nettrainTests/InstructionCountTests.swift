import Foundation
import TestSupport
import Testing

/// Guards the speed of training without a clock. The counts are those of valgrind, whose processor has AVX2 and not
/// AVX-512, and repeat to a few in a million on any machine with the same libraries.
@Suite("Instructions") struct InstructionCountTests {
  /// The instructions of a run on the bundled digits with one epoch.
  private func instructions(_ folder: String, _ arguments: [String]) async throws -> Int {
    let outcome = try await run(
      "valgrind",
      ["--tool=callgrind", "--callgrind-out-file=/dev/null", folder + "/nettrain", "--data", root + "/data"]
        + ["--epochs", "1"] + arguments,
      environment: ["OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1"])
    #expect(outcome.status == 0, "\(outcome.error)")
    let line = outcome.error.split(separator: "\n").last { $0.contains("Collected : ") }
    return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
  }

  #if arch(x86_64)
    @Test(
      "an example costs no more than three tenths above the instructions it took when this was written",
      arguments: [
        (["--kernel", "sparse"], 16_900), (["--kernel", "sparse", "--precision", "single"], 12_800),
        (["--kernel", "dense"], 56_500),
      ])
    func trainingStep(arguments: [String], figure: Int) async throws {
      try await withTemporaryFolder { folder in
        // This valgrind may not read what this compiler writes for debuggers.
        let stripped = try await run("strip", ["--strip-debug", "-o", folder + "/nettrain", program])
        #expect(stripped.status == 0, "\(stripped.error)")
        let fewer = try await instructions(folder, arguments + ["--limit", "500"])
        let more = try await instructions(folder, arguments + ["--limit", "1500"])
        let perExample = (more - fewer) / 1000
        #expect(perExample > figure / 2, "the examples were trained on")
        #expect(perExample * 10 < figure * 13)
      }
    }
  #endif
}
