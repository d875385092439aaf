import Foundation
import TestSupport
import Testing

/// Pages about comparisons in a real browser.
@Suite(
  "Pages about comparisons in Chromium", .serialized,
  .enabled(if: hasChromium, "chromium is not installed; scripts/setup chromium installs it"))
struct ComparisonPageInBrowserTests {
  /// A comparison of the bundled digits.
  private let digits =
    "compare --hidden 6 --epochs 3 --limit 300 --pair sigmoid:quadratic --pair softmax:cross-entropy --seeds 3 --quiet"

  /// Examines the page of a comparison, in the light and in the dark. Nothing is loaded, refused or written to the console;
  /// headings, pictures, tables, contrast and size of text are sound.
  private func check(
    _ command: String, in folder: String, _ script: String = "return null;",
    _ body: ([String: Any], _ table: Outcome) throws -> Void = { _, _ in }
  ) async throws {
    let table = try await shell("$nettrain \(command) --format csv --report page.html", in: folder)
    try #require(table.status == 0, "\(table.error)")
    for scheme in [0, 1] {
      let findings = try await browse(
        folder + "/page.html",
        "\(Self.examination)\nconst own = await (async () => {\(script)})();\nreturn { ...examine(), own };",
        options: ["--blink-settings=preferredColorScheme=\(scheme)"])
      #expect(findings.faults == [])
      let value = try #require(findings.value as? [String: Any])
      #expect(value["isDark"] as? Bool == (scheme == 0))
      let levels = try #require(value["levels"] as? [Int])
      #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels)")
      #expect(value["unnamed"] as? [String] == [])
      #expect(value["weak"] as? [String] == [], "text of a contrast below 4.5, or smaller than 14 pixels")
      #expect(value["weakCurves"] as? [String] == [], "curves of a contrast below 3")
      #expect(value["tables"] as? Bool == true)
      #expect(value["isTooWide"] as? Bool == false)
      #expect(value["language"] as? String == "en")
      try body(value, table)
    }
  }

  @Test("each number of the table carries the text of CSV, and the curves end at the accuracies of the table")
  func table() async throws {
    let script = """
      const rows = all('section:nth-of-type(2) tbody tr').map((row) => Object.fromEntries(
        all('[data-column]', row).map((cell) => [cell.dataset.column, cell.dataset.value])));
      const titles = all('.plot').map((plot) => all('.strip title', plot).map((title) => title.textContent));
      const shown = all('section:nth-of-type(2) tbody tr').map(
        (row) => all('[data-column^="test_accuracy_"]', row).slice(0, 2).map((cell) => cell.textContent));
      return { rows, titles, shown, digits: all('.digit').map((image) => [image.naturalWidth, image.alt]) };
      """
    try await withTemporaryFolder { folder in
      try await check(digits, in: folder, script) { value, table in
        let own = try #require(value["own"] as? [String: Any])
        let rows = try #require(own["rows"] as? [[String: String]])
        let names = table.lines[0].split(separator: ",").map(String.init)
        let texts = Set(["variant", "output", "cost", "reference", "verdict"])
        for (row, line) in zip(rows, table.lines.dropFirst()) {
          let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
          let numbers = zip(names, values).filter { !texts.contains($0.0) }
          #expect(numbers.count > 20)
          for (name, value) in numbers { #expect(row[name] ?? "" == value, "\(name)") }
          #expect(row["test_accuracy_mean"] == values[6])
        }
        #expect(rows.count == 2)
        let titles = try #require(own["titles"] as? [[String]])
        let shown = try #require(own["shown"] as? [[String]])
        #expect(titles.map(\.count) == [3, 3, 3])
        #expect(
          titles[0][2] == "Epoch 3\nsigmoid quadratic: \(shown[0][0]) % ± \(shown[0][1]) %\n"
            + "softmax cross-entropy: \(shown[1][0]) % ± \(shown[1][1]) %")
        let images = try #require(own["digits"] as? [[Any]])
        #expect(images.count == 24 && images.allSatisfy { $0[0] as? Int == 28 })
        #expect(images.allSatisfy { ($0[1] as? String ?? "").wholeMatch(of: /Test image \d+, class \d/) != nil })
      }
    }
  }

  @Test("on a screen of 390 pixels nothing but the tables in their boxes is wider, and curves keep their place")
  func phone() async throws {
    let script = """
      document.documentElement.style.width = '390px';
      await shownAgain();
      const wide = all('body *').filter((part) => !part.closest('.scrolls table') &&
        part.getBoundingClientRect().right > 390).map((part) => part.outerHTML.slice(0, 100));
      const plots = all('.plot').map((plot) => plot.getBoundingClientRect().width);
      return { wide, isNarrow: Math.min(...plots) < 250 };
      """
    try await withTemporaryFolder { folder in
      let outcome = try await shell("$nettrain \(digits) --report page.html", in: folder)
      #expect(outcome.status == 0)
      let findings = try await browse(folder + "/page.html", script, options: ["--window-size=500,900"])
      #expect(findings.faults == [])
      let value = try #require(findings.value as? [String: Any])
      #expect(value["wide"] as? [String] == [] && value["isNarrow"] as? Bool == false)
    }
  }

  @Test(
    "pages of unusual comparisons are sound",
    arguments: [
      "--epochs 1", "--seeds 1", "--epochs 5 --evaluate-every 5", "--pair linear:quadratic --learning-rate 1e300",
      "--target 30% --patience 1 --epochs 9", "--tune 0.1,0.3", "--vary hidden=1,2,3,4,5,6 --vary l2=0,1",
      "--pair linear:quadratic --pair softmax:quadratic --learning-rate 1e300", "--vary limit=4,5 --epochs 0",
      "--vary learning-rate=1,2,3,4,5,6,7,8,9,10,11",
    ])
  func unusual(options: String) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: false)
      try SmallData().write(to: folder + "/data")
      try await check("\(smallComparison) \(options)", in: folder)
    }
  }

  @Test("a page of 47 classes, counted from 1, is sound")
  func manyClasses() async throws {
    try await withTemporaryFolder { folder in
      let labels = (1...47).map { UInt8($0) } + (1...47).map { UInt8($0) }
      let pixels = (0..<94 * 16).map { UInt8($0 * 37 % 251) }
      for part in ["train", "t10k"] {
        try makeFile("\(folder)/\(part)-images-idx3-ubyte", idx([94, 4, 4], pixels))
        try makeFile("\(folder)/\(part)-labels-idx1-ubyte", idx([94], labels))
      }
      let script = "return all('section:nth-of-type(4) tbody th').map((cell) => cell.textContent);"
      let command = smallComparison.replacing("--data data", with: "--data \(folder)")
      try await check(command, in: folder, script) { value, _ in
        #expect(value["own"] as? [String] == (1...47).map { "\($0)" })
      }
    }
  }
}
