import Foundation
import TestSupport
import Testing

@Suite("Folders of comparisons") struct ComparisonFolderTests {
  private let briefly = [
    "compare", "--epochs", "2", "--limit", "300", "--hidden", "6", "--pair", "sigmoid:quadratic", "--pair",
    "softmax:cross-entropy", "--format", "csv",
  ]

  /// The numbers of runs that a comparison has trained, by its lines on stderr.
  private func trained(_ outcome: Outcome) -> Int { outcome.error.split(separator: "\n").count }

  @Test("the same command continues, and does no finished run again; seeds may grow")
  func continuing() async throws {
    try await withTemporaryFolder { folder in
      let out = briefly + ["--out", folder + "/d"]
      let whole = try await run(program, briefly + ["--seeds", "3", "--quiet"])
      let first = try await run(program, out + ["--seeds", "2"])
      #expect(first.status == 0 && trained(first) == 4, "\(first.error)")
      #expect(trained(try await run(program, out + ["--seeds", "2"])) == 0)
      let grown = try await run(program, out + ["--seeds", "3"])
      #expect(trained(grown) == 2)
      #expect(grown.output == whole.output)
      let logs = try names(in: folder + "/d")
      #expect(logs.count == 7 && logs.contains("plan.json"), "\(logs)")
      // A log that is damaged is made again.
      let log = "\(folder)/d/\(logs.first { $0.hasSuffix(".jsonl") } ?? "")"
      let before = try contents(log)
      try makeFile(log, Array(before.dropLast(100)))
      let mended = try await run(program, out + ["--seeds", "3"])
      #expect(trained(mended) == 1 && mended.output == whole.output)
    }
  }

  @Test("the logs are those of single runs, but for the times")
  func logs() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly + ["--out", folder + "/d", "--seeds", "1", "--quiet"])
      let name = try #require(try names(in: folder + "/d").first { $0.hasPrefix("sigmoid-quadratic-seed0-") })
      let single = try await nettrain(
        "--epochs", "2", "--limit", "300", "--hidden", "6", "--output", "sigmoid", "--cost", "quadratic",
        "--saturation",
        "--format", "json")
      let log = try jsonLines(String(contentsOfFile: "\(folder)/d/\(name)", encoding: .utf8))
      #expect(try withoutTimes(log) == withoutTimes(single.events()))
    }
  }

  @Test("the folder of another comparison is refused with status 78, and one in use with 75")
  func otherFolder() async throws {
    try await withTemporaryFolder { folder in
      let out = briefly + ["--out", folder + "/d"]
      _ = try await run(program, out + ["--seeds", "2", "--quiet"])
      for change in [
        ["--seeds", "1"], ["--seeds", "2", "--epochs", "3"], ["--seeds", "2", "--l2", "1"],
        ["--seeds", "2", "--tune", "0.1,0.3"],
      ] {
        let outcome = try await run(program, out + change)
        #expect(outcome.status == 78, "\(change)")
        #expect(
          outcome.error
            == "nettrain: error: --out \(folder)/d: this folder is that of another comparison, and only --seeds may grow; "
            + "choose another folder\n")
      }
      let locked = try await shell(
        """
        exec 9>> d/.plan.json.lock
        flock 9
        "$nettrain" compare --out d
        """, in: folder)
      #expect(locked.status == 75)
      let file = try await run(program, briefly + ["--out", "/dev/null/d"])
      #expect(file.status == 73)
    }
  }

  @Test("a signal keeps the runs that have ended, and the same command continues to the same table")
  func interruption() async throws {
    try await withTemporaryFolder { folder in
      let words = (briefly + ["--seeds", "3", "--epochs", "20"]).joined(separator: " ")
      let whole = try await shell("\"$nettrain\" \(words) --quiet")
      let cut = try await shell(
        """
        "$nettrain" \(words) --jobs 1 --out d > table 2> progress &
        until [ -s progress ]; do sleep 0.01; done
        kill -TERM $!
        wait $!
        """, in: folder)
      #expect(cut.status == 143)
      let continued = try await shell("\"$nettrain\" \(words) --out d", in: folder)
      #expect(continued.status == 0)
      #expect(continued.output == whole.output)
      #expect(trained(continued) < 6)
    }
  }

  @Test("summarize gives the table of the comparison from its logs, and of the logs of single runs")
  func summary() async throws {
    try await withTemporaryFolder { folder in
      let compared = try await run(program, briefly + ["--out", folder + "/d", "--seeds", "3", "--quiet"])
      let summary = try await nettrain("summarize", folder + "/d", "--format", "csv")
      #expect(summary.status == 0 && summary.error == "")
      #expect(summary.output == compared.output)
      for (pair, name) in [(["sigmoid", "quadratic"], "a"), (["softmax", "cross-entropy"], "b")] {
        for seed in 0..<3 {
          _ = try await nettrain(
            "--epochs", "2", "--limit", "300", "--hidden", "6", "--output", pair[0], "--cost", pair[1], "--seed",
            "\(seed)", "--log", "\(folder)/\(name)\(seed).jsonl", "--quiet")
        }
      }
      let logs = try names(in: folder).filter { $0.hasSuffix(".jsonl") }.map { "\(folder)/\($0)" }
      let single = try await run(program, ["summarize", "--format", "csv"] + logs)
      #expect(single.output == compared.output)
    }
  }

  @Test("where pairs vary in different options, each row of the table has all of them, in its columns")
  func differentOptions() async throws {
    try await withTemporaryFolder { folder in
      for (index, options) in ["--l2 0", "--l2 1", "--output sigmoid --hidden 2,3", "--output sigmoid"].enumerated() {
        let outcome = try await shell(
          "$nettrain --epochs 1 --limit 50 --hidden 2 --quiet \(options) --log \(index).jsonl", in: folder)
        #expect(outcome.status == 0, "\(outcome.error)")
      }
      let table = try await nettrain("summarize", ".", "--format", "csv", in: folder).lines
      let hidden = ["2", "2", "\"2,3\"", "2"]
      #expect(table.first?.hasPrefix("variant,output,cost,hidden,l2,learning_rate,") == true)
      for (row, choices) in zip(table.dropFirst(), zip(hidden, ["0", "1", "0", "0"])) {
        #expect(row.contains(",cross-entropy,\(choices.0),\(choices.1),0."), "\(row)")
      }
      #expect(table.count == 5)
      let objects = try await nettrain("summarize", ".", "--format", "json", in: folder).events()
      #expect(objects.map { $0["l2"] as? String } == ["0", "1", "0", "0"])
    }
  }

  @Test("a plan that is damaged is named, and the table is that of the logs; a comparison leaves it as it is")
  func damagedPlan() async throws {
    try await withTemporaryFolder { folder in
      let out = briefly + ["--seeds", "2", "--quiet", "--out", folder + "/d"]
      _ = try await run(program, out)
      let table = try await nettrain("summarize", "d", "--format", "csv", in: folder)
      #expect(table.status == 0 && table.error == "")
      for command in [
        "echo '{' >", "true >", "echo '{}' >", "mkfifo", "mkdir", "ln -s /dev/zero", "truncate -s 100M",
        "ln -s ../d", "ln -s plan.json",
      ] {
        _ = try await shell("rm -rf d/plan.json; \(command) d/plan.json", in: folder)
        let outcome = try await nettrain("summarize", "d", "--format", "csv", in: folder)
        #expect(outcome.status == 1, "\(command): \(outcome.error)")
        let lines = outcome.error.split(separator: "\n")
        #expect(lines.count == 1 && lines[0].hasPrefix("nettrain: note: d/plan.json: "), "\(outcome.error)")
        #expect(lines[0].hasSuffix("; the variants have the names that their runs give them"), "\(outcome.error)")
        let rows = { (output: String) in output.split(separator: "\n").map { $0.prefix(40) }.sorted() }
        #expect(rows(outcome.output) == rows(table.output))
        let before = try await shell("stat --format='%i %F %s' d/plan.json", in: folder)
        let compared = try await run(program, out)
        #expect([66, 73, 78].contains(compared.status), "\(command): \(compared.error)")
        #expect(compared.error.split(separator: "\n").count == 1)
        #expect(try await shell("stat --format='%i %F %s' d/plan.json", in: folder).output == before.output)
      }
    }
  }

  @Test("table and page may go into the new folder, but no table under the name of a log")
  func tablesInFolder() async throws {
    try await withTemporaryFolder { folder in
      let out = briefly + ["--seeds", "2", "--quiet", "--out", "d"]
      let refused = try await run(program, out + ["--export", "d/x.jsonl"], in: folder)
      #expect(refused.status == 73)
      #expect(refused.error.contains("--export d/x.jsonl: there it would be taken for a log; choose another name"))
      let outcome = try await run(program, out + ["--report", "d/r.html", "--export", "d/t.csv"], in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(try names(in: folder + "/d").filter { !$0.hasSuffix(".jsonl") } == ["plan.json", "r.html", "t.csv"])
      let table = try await nettrain("summarize", "d", "--format", "csv", in: folder)
      #expect(table.status == 0 && table.output == outcome.output, "\(table.error)")
    }
  }

  @Test("a folder that may not be read has status 66")
  func unreadable() async throws {
    try await withPublicFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/d", withIntermediateDirectories: false)
      try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: folder + "/d")
      let asNobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
      for command in ["summarize", "plot"] {
        let outcome = try await shell("exec \(asNobody) ./nettrain \(command) d", in: folder)
        #expect(outcome.status == 66)
        #expect(outcome.error == "nettrain: error: d: cannot be read (Permission denied); check its permissions\n")
      }
    }
  }

  @Test("a name of a plan or a log controls neither terminal nor Markdown")
  func hostileNames() async throws {
    try await withTemporaryFolder { folder in
      _ = try await nettrain(
        "compare", "--pair", "softmax:cross-entropy", "--seeds", "2", "--epochs", "1", "--limit", "50", "--hidden", "2",
        "--out", "my logs", "--quiet", in: folder)
      let plan = String(decoding: try contents(folder + "/my logs/plan.json"), as: UTF8.self)
      let name = #""softmax cross-entropy""#
      try #require(plan.contains(name))
      try makeFile(
        folder + "/my logs/plan.json",
        Array(plan.replacing(name, with: #""a|b\n\u001b[31m<script>\u202e""#).utf8))
      for (format, shown) in [
        ("text", #"reference: a|b\n\u{1B}[31m<script>\u{202E}"#),
        ("markdown", #"| a\|b\n\u{1B}[31m&lt;script>\u{202E} |"#),
      ] {
        let outcome = try await nettrain("summarize", "my logs", "--format", format, in: folder)
        #expect(outcome.status == 0 && outcome.output.contains(shown), "\(outcome.output)")
        #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\u{202E}"))
      }
      let wrong = try await nettrain("summarize", "my logs", "--reference", "c", in: folder)
      #expect(wrong.status == 64 && wrong.error.count { $0 == "\n" } == 1 && !wrong.error.contains("\u{1B}"))
    }
  }

  @Test("logs that are damaged are named and left out with status 1; without a usable one the status is 65")
  func badLogs() async throws {
    try await withTemporaryFolder { folder in
      for seed in 0..<2 {
        _ = try await nettrain(
          "--epochs", "1", "--limit", "50", "--hidden", "2", "--seed", "\(seed)", "--log", "\(folder)/\(seed).jsonl",
          "--quiet")
      }
      try makeFile(folder + "/cut.jsonl", try contents(folder + "/0.jsonl").dropLast(10).map { $0 })
      try makeFile(folder + "/other.jsonl", Array("a letter\n".utf8))
      let whole = String(decoding: try contents(folder + "/0.jsonl"), as: UTF8.self)
      try makeFile(folder + "/nan.jsonl", Array(whole.replacing(/"test_cost":[^,]*/, with: #""test_cost":NaN"#).utf8))
      let outcome = try await nettrain("summarize", folder)
      #expect(outcome.status == 1)
      let notes = outcome.error.split(separator: "\n")
      #expect(notes.count == 3 && notes.allSatisfy { $0.hasSuffix("; it is left out") }, "\(notes)")
      #expect(outcome.lines[0].hasPrefix("2 seeds, "))
      let none = try await nettrain("summarize", folder + "/other.jsonl")
      #expect(none.status == 65 && none.output == "")
      #expect(try await nettrain("summarize", folder + "/nosuchfile").status == 66)
    }
  }
}
