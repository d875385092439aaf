import Foundation
import TestSupport
import Testing

@Suite("scripts/reproduce-book") struct ReproduceBookTests {
  @Test("--quick prints a row with numbers for each figure of the book and each method, and a command for each row")
  func quick() async throws {
    let outcome = try await run(script, ["--quick"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("not comparable with the book's"))
    let rows = outcome.lines.filter { $0.hasPrefix("| ") }.map(cells).filter { Int($0[0]) != nil }
    #expect(rows.map { $0[0] } == (1...34).map(String.init))
    let figures = rows.prefix(24)
    #expect(
      figures.map { $0[3] } == [
        "95.42", "96.59", "95.49", "95.33", "96.82", "96.49", "97.92", "98.04", "82.27", "15", "68", "87.10", "86.43",
        "92.70", "89.94", "92.95", "97.80", "69.09", "85.29", "88.85", "93.24", "94.89", "about 10", "about 10",
      ])
    for row in figures {
      #expect(row[4].wholeMatch(of: /\d+\.\d+ ± \d+\.\d+/) != nil, "\(row)")
      #expect(row[5].wholeMatch(of: /[\d.]+ to [\d.]+/) != nil, "\(row)")
      #expect(row[6].wholeMatch(of: /(yes|no, [\d.]+ (above our greatest|below our least)).*/) != nil, "\(row)")
    }
    for row in rows.dropFirst(24) {
      #expect(row.count == 9)
      for part in [row[3...5], row[6...8]] {
        #expect(part.dropLast().allSatisfy { $0.wholeMatch(of: /\d+\.\d\d/) != nil }, "\(row)")
        #expect(part.last?.wholeMatch(of: /[+-]\d+\.\d\d ± \d+\.\d\d/) != nil, "\(row)")
      }
    }
    for option in [
      "momentum 0.9", "dropout 0.5", "l1 0.5", "expand", "activation tanh", "activation relu", "halvings 7",
    ] {
      #expect(outcome.output.contains("--\(option)"), "\(option)")
    }
    for number in 1...34 { #expect(outcome.output.contains("\n- Row \(number): `nettrain --hidden ")) }
  }

  @Test("--figures draws each figure of the chapter", .enabled(if: isInstalled("gnuplot"), "gnuplot is not installed"))
  func figures() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await run(script, ["--quick", "--figures", folder + "/figures"])
      #expect(outcome.status == 0, "\(outcome.error)")
      for name in ["slowdown", "overfitting", "initial-weights-30", "initial-weights-100", "more-data"] {
        let picture = try String(contentsOfFile: "\(folder)/figures/\(name).svg", encoding: .utf8)
        #expect(picture.contains("<svg") && picture.contains("</svg>"), "\(name)")
      }
    }
  }

  @Test("wrong usage and a missing folder end with one line and their status")
  func wrongUsage() async throws {
    for (arguments, status, message) in [
      (["--seeds", "1"], 64, "--seeds: at least 2"), (["--seeds", "x"], 64, "--seeds: invalid int value: 'x'"),
      (["--jobs", "0"], 64, "--jobs: at least 1"), (["--figure", "x"], 64, "unrecognized arguments: --figure"),
      (["--quick", "--data", "/"], 64, "leave out --data"), ([], 64, "scripts/fetch-mnist DIR"),
      (["--data", "/nowhere"], 66, "/nowhere: there is no such folder"),
    ] as [([String], Int, String)] {
      let outcome = try await run(script, arguments, environment: ["NETTRAIN_MNIST": nil])
      #expect(outcome.status == status, "\(arguments)")
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("reproduce-book: ") && outcome.error.contains(message), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1, "\(outcome.error)")
    }
  }

  @Test("a run that fails ends all with its message and status")
  func failingRun() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await run(script, ["--data", folder])
      #expect(outcome.status == 66)
      #expect(outcome.error.contains("reproduce-book: \(folder): the folder has no train-labels-idx1-ubyte[.gz]"))
    }
  }

  @Test("SIGTERM ends the runs as well, and leaves no temporary files")
  func stopped() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        TMPDIR=\(folder) '\(script)' --quick 2>progress &
        until [ -s progress ]; do sleep 0.1; done
        kill -TERM $!
        wait $!
        """, in: folder)
      #expect(outcome.status == 143)
      #expect(outcome.output == "")
      #expect(try names(in: folder) == ["progress"])
      #expect(try commandLines().contains { $0.contains(folder) } == false)
    }
  }

  @Test("the quantiles of Student's t are those of the tables")
  func quantiles() async throws {
    let file = root + "/scripts/reproduce-book-figures/reproduction/intervals.py"
    let outcome = try await run("python3", ["-B", "-W", "error", "-m", "doctest", "-v", file])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("1 passed"))
  }
}

private let script = root + "/scripts/reproduce-book"

/// The cells of a row of a table in Markdown.
private func cells(_ line: String) -> [String] {
  line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
}

/// The command lines of all processes, without those that end meanwhile.
private func commandLines() throws -> [String] {
  try names(in: "/proc").filter { Int($0) != nil }
    .compactMap { FileManager.default.contents(atPath: "/proc/\($0)/cmdline") }
    .map { String(decoding: $0, as: UTF8.self) }
}
