import Foundation
import TestSupport
import Testing

@Suite("Files that a command reads") struct OutputFileTests {
  private func makeFiles(in folder: String) async throws {
    let outcome = try await shell(
      """
      "$nettrain" --epochs 1 --limit 50 --hidden 2 --quiet --save model.svg --log log.json
      "$nettrain" compare --epochs 1 --limit 50 --hidden 2 --seeds 1 --quiet --out logs > table
      cp -r "\(root)/data" data
      for kind in png html md; do ln -s model.svg model.$kind; done
      for kind in svg html csv; do ln -s log.json log.$kind; done
      for kind in svg md; do ln -s data/t10k-labels-idx1-ubyte.gz labels.$kind; done
      ln -s logs/plan.json plan.csv
      """, in: folder)
    try #require(outcome.status == 0, "\(outcome.error)")
  }

  @Test(
    "none is replaced, not even with --force or through a link",
    arguments: [
      "summarize log.json --export log.json", "summarize log.json --report log.html",
      "summarize log.html --export log.csv", "summarize logs --export plan.csv", "plot log.json --data log.csv",
      "page model.svg model.html", "compare --data data --export labels.md",
      "compare --init-from model.svg --export model.md",
      "compare --out logs --export plan.csv", "summarize log.json --export new.csv --export ./new.csv",
    ])
  func inputs(command: String) async throws { try await expectRefusal(command) }

  @Test(
    "nor by a picture", .enabled(if: isInstalled("gnuplot"), "gnuplot is not installed"),
    arguments: [
      "evaluate model.svg --picture model.svg", "evaluate model.svg --weights model.png",
      "evaluate model.svg --data data --picture labels.svg", "evaluate model.svg --picture new.svg --weights ./new.svg",
      "plot log.json --picture log.svg",
    ])
  func pictures(command: String) async throws { try await expectRefusal(command) }

  /// Expects a refusal by the last file of a command, and that all files are as before.
  private func expectRefusal(_ command: String) async throws {
    try await withTemporaryFolder { folder in
      try await makeFiles(in: folder)
      let sums = "find . -type f | sort | xargs sha256sum"
      let before = try await shell(sums, in: folder)
      let outcome = try await shell("\"$nettrain\" \(command) --force", in: folder)
      #expect(outcome.status == 73 && outcome.output == "", "\(outcome.error)")
      #expect(outcome.error.hasSuffix(": the command needs this file for something else; choose another name\n"))
      #expect(outcome.error.split(separator: "\n").count == 1, "\(outcome.error)")
      let after = try await shell(sums, in: folder)
      #expect(before.output == after.output && before.output.count { $0 == "\n" } > 10)
    }
  }
}
