import Foundation
import TestSupport
import Testing

@Suite("Scripts") struct ScriptTests {
  @Test("scripts/nettrain runs the program from any folder, and prints nothing else")
  func start() async throws {
    let outcome = try await run(root + "/scripts/nettrain", ["--version"], in: "/")
    #expect(outcome.output == (try await nettrain("--version")).output)
    #expect(outcome.status == 0)
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

  @Test("scripts/install installs a program that needs no Swift, with digits, manual page and completions")
  func install() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell("umask 077; '\(root)/scripts/install' '\(folder)/prefix'")
      #expect(outcome.status == 0, "\(outcome.error)")
      let prefix = folder + "/prefix"
      let run = try await run(prefix + "/bin/nettrain", ["--epochs", "0"], in: "/")
      #expect(run.output.contains("3,334 to train"), "\(run.error)")
      #expect(try await libraries(of: prefix + "/bin/nettrain").contains("libswift") == false)
      for file in [
        "share/man/man1/nettrain.1", "share/bash-completion/completions/nettrain",
        "share/zsh/site-functions/_nettrain", "share/fish/vendor_completions.d/nettrain.fish",
      ] {
        let text = try String(contentsOfFile: "\(prefix)/\(file)", encoding: .utf8)
        #expect(text.replacing("\\-", with: "-").contains("label-smoothing"), "\(file)")
      }
      let unreadable = try await shell("find . ! -perm -044", in: prefix)
      #expect(unreadable.output == "", "every user may read all files, whatever the umask")
    }
  }

  @Test("the manual page has every command, with the values and defaults of its options")
  func manual() async throws {
    try await withTemporaryFolder { folder in
      #expect(try await run(root + "/scripts/install", [folder]).status == 0)
      let page = try String(contentsOfFile: folder + "/share/man/man1/nettrain.1", encoding: .utf8)
      for command in ["TRAIN", "RESUME", "VERIFY", "SLOWDOWN"] { #expect(page.contains("\n.SH NETTRAIN \(command)\n")) }
      #expect(
        page.contains(
          """
          .TP
          .B \\-\\-cost <kind>
          The cost; with softmax, cross\\-entropy is the log\\-likelihood cost. (default: cross\\-entropy) (values: quadratic, \
          cross\\-entropy)

          """))
      #expect(page.contains("\n.nf\nnettrain \\-\\-output sigmoid \\-\\-cost cross\\-entropy\n"))
      // A line that begins with a quote or an unknown request would disappear.
      let requests = Set(
        page.split(separator: "\n").filter { $0.hasPrefix(".") || $0.hasPrefix("'") }.map { $0.prefix(3) })
      #expect(requests.isSubset(of: [".TH", ".SH", ".SS", ".PP", ".TP", ".B ", ".RS", ".RE", ".nf", ".fi"]))
    }
  }

  @Test(
    "scripts/check-resume: runs and comparisons that are killed at 60 random moments and resumed end like uninterrupted ones"
  )
  func checkResume() async throws {
    let outcome = try await run(root + "/scripts/check-resume", ["30"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(try #require(outcome.output.firstMatch(of: /runs were killed (\d+) times/).flatMap { Int($0.1) }) >= 30)
    let comparisons = try await run(root + "/scripts/check-resume", ["--comparison", "30"])
    #expect(comparisons.status == 0, "\(comparisons.error)")
    #expect(
      try #require(comparisons.output.firstMatch(of: /comparisons were killed (\d+) times/).flatMap { Int($0.1) }) >= 30
    )
    #expect(try await run(root + "/scripts/check-resume", ["some"]).status == 64)
  }

  @Test(
    "scripts/check-interference: short transfers, jumping clocks, stops, files that change, folders that go and second runs change no result"
  )
  func checkInterference() async throws {
    let outcome = try await run(root + "/scripts/check-interference", ["--quick"])
    #expect(outcome.status == 0, "\(outcome.error)")
    for kind in ["transfers", "clocks", "stops", "files", "folders", "pairs"] {
      #expect(outcome.lines.contains { $0.hasPrefix("| \(kind) | ") }, "\(kind)")
    }
    #expect(try await run(root + "/scripts/check-interference", ["--kind", "none"]).status == 2)
  }

  @Test("scripts/compare-costs prints a row for each pair, and passes options on but for its own")
  func compareCosts() async throws {
    let outcome = try await run(
      root + "/scripts/compare-costs", ["--epochs", "1", "--limit", "100", "--output", "sigmoid", "--format", "csv"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.lines.first == "3 seeds, 1 epoch, 100 to train, 666 to validate, 1,000 to test")
    for pair in [
      "linear quadratic", "sigmoid cross-entropy", "sigmoid quadratic", "softmax cross-entropy", "softmax quadratic",
    ] {
      #expect(outcome.lines.contains { $0.hasPrefix(pair + " ") }, "\(pair)")
    }
  }

  @Test("scripts/compare-costs goes on after a run that diverged, and stops at a wrong option")
  func compareCostsFailures() async throws {
    let diverged = try await run(
      root + "/scripts/compare-costs", ["--epochs", "1", "--hidden", "none", "--learning-rate", "1000"])
    #expect(diverged.status == 0)
    #expect(diverged.lines.contains { $0.hasPrefix("linear quadratic ") && $0.hasSuffix(" -") })
    #expect(diverged.error.contains("training diverged"))
    let wrong = try await run(root + "/scripts/compare-costs", ["--epoch", "1"])
    #expect(wrong.status == 64)
  }
}

/// The libraries that the dynamic linker loads for a program.
private func libraries(of program: String) async throws -> String { try await run("ldd", [program]).output }
