import Foundation
import Testing

@Suite("Scripts") struct ScriptTests {
  @Test("scripts/nettrain starts the program that is built, from any folder, without a word of its own")
  func start() async throws {
    let outcome = try await run(root + "/scripts/nettrain", ["--version"], in: "/")
    #expect(outcome.output == "0.1.0\n")
    #expect(outcome.error == "")
  }

  @Test("the bundled digits are found from any folder, also through a link to the program")
  func bundledDigits() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: program)
      let outcome = try await run(folder + "/link", ["--epochs", "0"], in: folder)
      #expect(outcome.lines.first?.hasPrefix("data      bundled digits:") == true)
    }
  }

  @Test("an installed program takes the digits installed with it, and NETTRAIN_DATA goes before both")
  func installedDigits() async throws {
    try await withTemporaryFolder { folder in
      for part in ["bin", "share/nettrain/data", "other"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
      }
      try FileManager.default.copyItem(atPath: program, toPath: folder + "/bin/nettrain")
      try SmallData().write(to: folder + "/share/nettrain/data")
      let installed = try await run(folder + "/bin/nettrain", ["--epochs", "0"], in: "/")
      #expect(installed.output.contains("10 to train, 2 to validate, 4 to test"))
      let named = try await run(
        folder + "/bin/nettrain", ["--epochs", "0"], environment: ["NETTRAIN_DATA": root + "/data"])
      #expect(named.output.contains("3,334 to train"))
      #expect(named.output.contains("data      \(root)/data: images"))
      let empty = try await run(
        folder + "/bin/nettrain", ["--epochs", "0"], environment: ["NETTRAIN_DATA": folder + "/other"])
      #expect(empty.status == 66)
      let absent = try await run(
        folder + "/bin/nettrain", ["--epochs", "0"], environment: ["NETTRAIN_DATA": "/nowhere"])
      #expect(absent.status == 66)
      #expect(absent.error.contains("/nowhere: there is no such folder"))
      #expect(empty.error.contains("\(folder)/other: the folder has no train-labels-idx1-ubyte[.gz]"))
    }
  }

  @Test("scripts/install leaves program, digits, manual page and completions that work on their own")
  func install() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await run(root + "/scripts/install", [folder])
      #expect(outcome.status == 0, "\(outcome.error)")
      let run = try await run(folder + "/bin/nettrain", ["--epochs", "0"], in: "/")
      #expect(run.output.contains("3,334 to train"), "\(run.error)")
      let libraries = try await Subject.libraries(of: folder + "/bin/nettrain")
      #expect(!libraries.contains("libswiftCore"))
      for file in [
        "share/man/man1/nettrain.1", "share/bash-completion/completions/nettrain",
        "share/zsh/site-functions/_nettrain", "share/fish/vendor_completions.d/nettrain.fish",
      ] {
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        #expect(text.contains("label-smoothing"), "\(file)")
      }
    }
  }

  @Test("scripts/check-resume: 25 runs that are killed at random moments end like runs that were never stopped")
  func checkResume() async throws {
    let outcome = try await run(root + "/scripts/check-resume", ["25"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.hasPrefix("25 runs were killed "))
    #expect(try await run(root + "/scripts/check-resume", ["some"]).status == 64)
  }

  @Test("scripts/compare-costs prints a row for each pair and passes options on")
  func compareCosts() async throws {
    let outcome = try await run(root + "/scripts/compare-costs", ["--epochs", "1"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.lines.count == 6)
    for (line, pair) in zip(
      outcome.lines.dropFirst(),
      ["sigmoid quadratic", "sigmoid cross-entropy", "softmax quadratic", "softmax cross-entropy", "linear quadratic"])
    {
      let words = line.split(separator: " ")
      #expect(words.prefix(2).joined(separator: " ") == pair)
      #expect(words.dropFirst(5).first == "1", "the best epoch of one")
    }
  }

  @Test("scripts/compare-costs keeps its pairs, and the row of a run that diverged")
  func compareCostsFailures() async throws {
    let fixed = try await run(
      root + "/scripts/compare-costs", ["--epochs", "0", "--output", "sigmoid", "--format", "csv"])
    #expect(fixed.lines.last?.hasPrefix("linear    quadratic ") == true, "\(fixed.error)")
    let diverged = try await run(root + "/scripts/compare-costs", ["--epochs", "1", "--learning-rate", "1000"])
    #expect(diverged.lines.count == 6)
    #expect(diverged.lines.last?.split(separator: " ").suffix(3) == ["-", "-", "-"])
    #expect(diverged.error.contains("training diverged"))
    let wrong = try await run(root + "/scripts/compare-costs", ["--epoch", "1"])
    #expect(wrong.status == 64)
  }
}

private enum Subject {
  /// What the dynamic linker loads for a program.
  static func libraries(of program: String) async throws -> String { try await run("ldd", [program]).output }
}
