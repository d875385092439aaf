import Foundation
import TestSupport
import Testing

/// The outputs, labels and names of models on a page.
extension PageInBrowserTests {
  @Test(
    "the outputs shown are those of 'predict --raw' on the image shown, to 1e-6",
    arguments: [
      "--output sigmoid --cost quadratic", "--output softmax --softmax-scale 2 --hidden 40,20",
      "--output linear --cost quadratic --hidden none", "--precision single",
    ])
  func outputs(training: String) async throws {
    let script = """
      const results = [answersShown()[0]];
      stroke([20, 20], [80, 30], [40, 90]);
      await shownAgain();
      results.push(answersShown()[0]);
      return { results };
      """
    try await check("--epochs 2 " + training, script) { value, folder in
      let results = try #require(value["results"] as? [[String: Any]])
      for result in results {
        let image = try #require(result["image"] as? [Int])
        let expected = try await predictions(on: image, in: folder)
        let shown = try #require(result["outputs"] as? [String]).compactMap(Double.init)
        #expect(zip(shown, expected).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(shown), \(expected)")
        let sum = try #require(Double(result["sum"] as? String ?? ""))
        #expect(abs(sum - expected.reduce(0, +)) <= 1e-6)
      }
    }
  }

  /// The outputs of the model in a folder on an image that is in its form already, as `predict` tells them.
  private func predictions(on image: [Int], in folder: String) async throws -> [Double] {
    let side = Int(Double(image.count).squareRoot())
    try makeFile(folder + "/image.pgm", Array("P5 \(side) \(side) 255\n".utf8) + image.map { UInt8($0) })
    let events = try await nettrain("predict", "--raw", "--format", "json", "model", "image.pgm", in: folder).events()
    return try #require(events.first?["activations"] as? [Double])
  }

  @Test("two models answer the same drawing, each in its own size, with their own labels")
  func twoModels() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/small", withIntermediateDirectories: false)
      try makeData(side: 14, labels: 0..<47, in: folder + "/small/")
      try await train("--data small --epochs 0 --validation 0 --limit 40", "b", in: folder)
      try await train("--epochs 5 --output sigmoid --cost cross-entropy", "a", in: folder)
      #expect(try await nettrain("page", "a", "b", "page.html", in: folder).status == 0)
      let findings = try await browse(folder + "/page.html", "return answersShown();")
      #expect(findings.faults == [])
      let answers = try #require(findings.value as? [[String: Any]])
      try #require(answers.count == 2)
      #expect(answers.map { $0["name"] as? String } == ["a", "b"])
      #expect(answers.map { $0["side"] as? Int } == [28, 14])
      #expect(answers[0]["read"] as? String == "3")
      #expect(answers[1]["labels"] as? [String] == (0..<47).map { "\($0)" })
      let sums = answers.compactMap { Double($0["sum"] as? String ?? "") }
      #expect(sums.count == 2 && sums[0] != 1 && sums[1] == 1)
      for answer in answers {
        let image = try #require(answer["image"] as? [Int])
        #expect(image.contains { $0 > 200 })
      }
    }
  }

  /// Writes data of two examples of each label; the names of their files begin with `start`.
  private func makeData(side: Int, labels: Range<Int>, in start: String) throws {
    for part in ["train", "t10k"] {
      let count = 2 * labels.count
      let images = idx([count, side, side], (0..<count * side * side).map { UInt8($0 % 251) })
      try makeFile("\(start)\(part)-images-idx3-ubyte", images)
      let all = Array(labels) + Array(labels)
      try makeFile("\(start)\(part)-labels-idx1-ubyte", idx([count], all.map { UInt8($0) }))
    }
  }

  @Test("a model of EMNIST sees the drawing on its side, as EMNIST's images lie; it is shown upright")
  func emnist() async throws {
    try await withTemporaryFolder { folder in
      try makeData(side: 28, labels: 1..<27, in: folder + "/emnist-letters-")
      try await train("--data emnist-letters --epochs 0 --output sigmoid --cost quadratic", "model", in: folder)
      #expect(try await nettrain("page", "model", "page.html", in: folder).status == 0)
      let script = "drawing.showExample(7); await shownAgain(); return answersShown()[0];"
      let findings = try await browse(folder + "/page.html", script)
      #expect(findings.faults == [])
      let answer = try #require(findings.value as? [String: Any])
      #expect(answer["labels"] as? [String] == (1...26).map { "\($0)" })
      let image = try #require(answer["image"] as? [Int])
      // The upper line of a 7 is the first with ink.
      let first = try #require(image.firstIndex { $0 > 0 }) / 28
      #expect(image[28 * first..<28 * (first + 1)].count { $0 > 0 } > 10)
      let onItsSide = image.indices.map { image[$0 % 28 * 28 + $0 / 28] }
      let shown = try #require(answer["outputs"] as? [String]).compactMap(Double.init)
      let expected = try await predictions(on: onItsSide, in: folder)
      #expect(shown.count == 26 && zip(shown, expected).allSatisfy { abs($0 - $1) <= 1e-6 })
    }
  }

  @Test("names and titles are shown as text and do nothing")
  func escaping() async throws {
    try await withTemporaryFolder { folder in
      let name = #"<img src=x onerror=alert(1)>"'&amp;<script>window.evil = 1<!--"#
      let title = #"</title></script><script>window.evil = 1</script>\u003c"# + "\u{2028}"
      try await train("--epochs 0", "model", in: folder)
      try FileManager.default.moveItem(atPath: folder + "/model", toPath: "\(folder)/\(name)")
      #expect(try await nettrain("page", "--title", title, name, "page.html", in: folder).status == 0)
      let script = "return [typeof evil, document.title, text('h1'), text('.name'), document.scripts.length];"
      let findings = try await browse(folder + "/page.html", script)
      #expect(findings.faults == [])
      let values = try #require(findings.value as? [Any])
      let shown = title.replacing("\u{2028}", with: #"\u{2028}"#)
      #expect(values.map { "\($0)" } == ["undefined", shown, shown, name, "3"], "two of the page, one of the test")
    }
  }
}
