import Foundation
import TestSupport
import Testing

/// A comparison of small data in the folder `data`, which takes no time.
let smallComparison =
  "compare --data data --hidden 2 --epochs 2 --validation 3 --pair sigmoid:quadratic --pair softmax:cross-entropy --seeds 2 --quiet"

@Suite("Pages about comparisons") struct ComparisonPageTests {
  /// Runs a command line in a folder with small data, whose result is its own.
  private func withData(_ body: (_ folder: String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: false)
      try SmallData().write(to: folder + "/data")
      try await body(folder)
    }
  }

  private func page(_ folder: String, _ name: String = "page.html") throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  /// The lines of the shell in a page.
  private func commands(_ page: String) throws -> String {
    let text = String(try #require(page.firstMatch(of: /(?s)<pre[^>]*>(.*)<\/pre>/)).1)
    return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  @Test("the page has its sections in order, and the table on standard output is that without a page")
  func sections() async throws {
    try await withData { folder in
      let outcome = try await shell("$nettrain \(smallComparison) --report page.html", in: folder)
      #expect(outcome.status == 0 && outcome.error == "")
      let other = try await shell("$nettrain \(smallComparison)", in: folder)
      #expect(other.output == outcome.output)
      let headings = try page(folder).matches(of: /<h2>([^<]*)<\/h2>/).map { String($0.1) }
      #expect(headings == ["Verdict", "Table", "Learning curves", "Classes", "Images", "Held equal", "Again"])
    }
  }

  @Test("the verdict tells the difference with its interval, and that one seed decides nothing")
  func verdict() async throws {
    try await withTemporaryFolder { folder in
      let options = "--pair softmax:cross-entropy --vary hidden=1,30 --epochs 2 --limit 500 --quiet --report page.html"
      let table = try await shell("$nettrain compare \(options) --seeds 4 --format json", in: folder).events()
      let (row, other) = (table[0], table[1])
      func number(_ value: Any?, _ sign: Double = -1) throws -> String {
        String(format: "%.2f", 100 * sign * (try #require(value as? Double)))
      }
      #expect(row["verdict"] as? String == "worse")
      let lead =
        try "<p class=\"lead\">Compared with “softmax cross-entropy, hidden 30”, which gets "
        + "\(number(other["test_accuracy_mean"], 1)) % of the test images right: “softmax cross-entropy, hidden 1” (by "
        + "\(number(row["difference"])) points, \(number(row["difference_high"])) to \(number(row["difference_low"]))) is worse.</p>"
      #expect(try page(folder).contains(lead))
      _ = try await shell("$nettrain compare \(options) --seeds 1", in: folder)
      #expect(try page(folder).contains("there are too few seeds to tell for “softmax cross-entropy, hidden 1”."))
    }
  }

  @Test("the lines of a page make its comparison again: that of compare itself, and the runs of logs")
  func again() async throws {
    try await withData { folder in
      let first = try await shell(
        "$nettrain \(smallComparison) --l1 0.1 --no-shuffle --out logs --report page.html", in: folder)
      let again = try await shell("nettrain() { \"$nettrain\" \"$@\"; }\n\(commands(page(folder)))", in: folder)
      #expect(again.status == 0 && again.output == first.output, "\(again.error)")
      #expect(try await shell("$nettrain summarize logs --report logs.html", in: folder).status == 0)
      try FileManager.default.createDirectory(atPath: folder + "/again", withIntermediateDirectories: false)
      let lines = try commands(page(folder, "logs.html"))
      let runs = try await shell(
        "nettrain() { \"$nettrain\" \"$@\" --quiet --log again/$((count++)).jsonl; }\n\(lines)", in: folder)
      #expect(runs.status == 0, "\(runs.error)")
      let original = try await shell("$nettrain summarize logs --format csv", in: folder).output
      let repeated = try await shell("$nettrain summarize again --format csv", in: folder).output
      #expect(original == repeated && !original.isEmpty)
    }
  }

  @Test("names and texts of files are never markup")
  func hostileNames() async throws {
    try await withData { folder in
      let name = "<script>alert(1)<\u{2F}style>\"'&\u{202E}"
      try FileManager.default.createDirectory(
        atPath: folder + "/" + name.prefix { $0 != "/" }, withIntermediateDirectories: true)
      try FileManager.default.moveItem(atPath: folder + "/data", toPath: "\(folder)/\(name)")
      let options = "--hidden 2 --epochs 1 --validation 3 --quiet --learning-rate 1"
      for log in ["a", "b"] {
        let outcome = try await run(
          program, ["--data", name] + options.split(separator: " ").map(String.init) + ["--log", "\(log).jsonl"],
          in: folder)
        #expect(outcome.status == 0, "\(outcome.error)")
      }
      let text = try String(contentsOfFile: folder + "/b.jsonl", encoding: .utf8)
      let changed = text.replacing(#""init_from":null"#, with: #""init_from":"<b>\u202e</style>""#)
        .replacing(/"blas":"[^"]*"/, with: #""blas":"<i>'""#)
      try makeFile(folder + "/b.jsonl", Array(changed.utf8))
      let outcome = try await shell("$nettrain summarize a.jsonl b.jsonl --report page.html", in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      let page = try page(folder)
      #expect(
        !page.contains("<script") && !page.contains("<b>\\") && !page.contains("<i>") && !page.contains("\u{202E}"))
      #expect(page.matches(of: /<\/style>/).count == 1)
      #expect(page.contains("init-from &lt;b&gt;\\u{202E}&lt;/style&gt;"))
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/style&gt;&quot;&#39;&amp;\\u{202E}"))
      #expect(page.contains("not equal: "), "the runs had two libraries")
    }
  }

  @Test("with more variants than kinds of lines, a page says which ones are grey")
  func manyVariants() async throws {
    try await withData { folder in
      func sentences(_ rates: Int) async throws -> Int {
        let list = (1...rates).map { "\($0)" }.joined(separator: ",")
        let outcome = try await shell(
          "$nettrain \(smallComparison) --epochs 1 --vary learning-rate=\(list) --report page.html", in: folder)
        #expect(outcome.status == 0, "\(outcome.error)")
        let sentence = "The first 20 variants have lines of their own; those of the other \(2 * rates - 20) are grey."
        return try page(folder).split(separator: sentence).count - 1
      }
      let (few, many) = (try await sentences(10), try await sentences(11))
      #expect(few == 0 && many == 1)
    }
  }

  @Test("without the data of the logs, a page says so and leaves classes and images out")
  func missingData() async throws {
    try await withData { folder in
      _ = try await shell("$nettrain \(smallComparison) --out logs", in: folder)
      func check(_ reason: String) async throws {
        #expect(try await shell("$nettrain summarize logs --report page.html", in: folder).status == 0)
        #expect(try page(folder).contains("<p>Classes and images are left out, because \(reason)"))
        #expect(try !page(folder).contains("<h2>Images</h2>"))
      }
      var other = SmallData()
      other.files["t10k-labels-idx1-ubyte"] = idx([4], [0, 1, 2, 1])
      try other.write(to: folder + "/data")
      try await check("the data in data are others than those of the runs")
      try FileManager.default.removeItem(atPath: folder + "/data")
      try await check("the data cannot be read: data: ")
    }
  }

  @Test("a page that cannot be written is found before training, and only pages of nettrain are replaced")
  func faults() async throws {
    try await withData { folder in
      func status(_ report: String, _ more: String = "") async throws -> Int {
        try await shell("$nettrain \(smallComparison) --report \(report) \(more)", in: folder).status
      }
      for report in ["missing/page.html", "data.html/", "/proc/page.html"] {
        let outcome = try await shell(
          "timeout 60 $nettrain \(smallComparison) --epochs 100000000 --report \(report)", in: folder)
        #expect([64, 73].contains(outcome.status) && outcome.output == "", "\(report): \(outcome.error)")
      }
      #expect(try await status("missing/page.html") == 73)
      #expect(try await status("page.txt") == 64)
      try makeFile(folder + "/page.html", Array("<p>mine".utf8))
      #expect(try await status("page.html") == 73)
      #expect(try page(folder) == "<p>mine")
      #expect(try await status("page.html", "--force") == 0)
      #expect(try await status("page.html") == 0)
      #expect(try await status("out.html", ">out.html") == 73)
      #expect(try await shell("$nettrain summarize no-logs --report missing/page.html", in: folder).status == 73)
    }
  }
}
