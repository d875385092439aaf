import Foundation
import FoundationXML
import TestSupport
import Testing

@Suite(
  "Pictures of learning curves", .enabled(if: isInstalled("gnuplot"), "gnuplot is not installed"))
struct PlotPictureTests {
  /// Makes logs of a run with each of two seeds.
  private func makeLogs(in folder: String, epochs: Int) async throws {
    for seed in ["0", "1"] {
      _ = try await nettrain(
        "--epochs", "\(epochs)", "--limit", "100", "--hidden", "4", "--seed", seed, "--log", seed + ".jsonl", "--quiet",
        in: folder)
    }
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test("a picture has a line for each variant and a band for several seeds, on white")
  func lines() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder, epochs: 3)
      _ = try await nettrain(
        "--epochs", "3", "--limit", "100", "--hidden", "5", "--log", "5.jsonl", "--quiet", in: folder)
      let draw = ["plot", ".", "--y", "test-accuracy,test-cost", "--picture"]
      for name in ["p.svg", "p.svg", "p.png", "p.pdf", "p.pdf"] {
        let outcome = try await run(program, draw + [name], in: folder)
        #expect(outcome.status == 0 && outcome.error == "" && outcome.output == "", "\(outcome.error)")
      }
      let svg = try text(folder + "/p.svg")
      for name in ["softmax cross-entropy, hidden 4", "softmax cross-entropy, hidden 5"] {
        #expect(svg.split(separator: "<title>\(name)</title>").count == 3, "a line in either panel")
      }
      // The lines, and the bands of the variant with two seeds.
      #expect(svg.matches(of: /<g id="gnuplot_plot_/).count == 6)
      #expect(svg.contains("fill=\"#ffffff\"") && !svg.contains("NaN"))
      #expect(try contents(folder + "/p.pdf").starts(with: "%PDF-".utf8))
      #expect(try contents(folder + "/p.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
      try makeFile(folder + "/p.pdf", Array("%PDF-1.5\n%\u{e9}\u{e9}\n".utf8))
      #expect(try await run(program, draw + ["p.pdf"], in: folder).status == 73, "a PDF of another program")
    }
  }

  @Test("a single epoch has a marker")
  func marker() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder, epochs: 1)
      for options in [[], ["--log-scale"], ["--x", "seconds"]] {
        let outcome = try await run(program, ["plot", ".", "--picture", "p.svg"] + options, in: folder)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(try text(folder + "/p.svg").contains("<use xlink:href='#gpPt6'"))
      }
      let terminal = try await nettrain("plot", ".", in: folder)
      #expect(terminal.lines.count { $0.wholeMatch(of: /[ 0-9.]+\| +a/) != nil } == 1, "\(terminal.output)")
    }
  }

  @Test("figures that no run has make a picture")
  func extremes() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder, epochs: 2)
      let log = try text(folder + "/0.jsonl")
      for figure in ["1.797e308", "1e308", "1e300", "1e-310", "5e-324", "0", "-5"] {
        for kind in ["seconds", "test_cost", "train_accuracy"] {
          let edited = log.replacing(try Regex(#""\#(kind)":[0-9.e-]+"#), with: "\"\(kind)\":\(figure)")
          try makeFile(folder + "/0.jsonl", Array(edited.utf8))
          for options in [["--x", "seconds"], ["--y", "test-cost,train-accuracy"]] {
            for logs in [["0.jsonl"], ["0.jsonl", "1.jsonl"]] {
              let outcome = try await run(program, ["plot", "--picture", "p.svg"] + logs + options, in: folder)
              #expect(outcome.status == 0, "\(kind) \(figure) \(options) \(logs): \(outcome.error)")
            }
          }
        }
      }
    }
  }

  @Test("with too little memory or too few open files for gnuplot there is one line, and with enough a picture")
  func limits() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder, epochs: 1)
      func draw(_ limit: String) async throws -> Outcome {
        try await shell("ulimit \(limit); exec timeout 60 \"$nettrain\" plot . --picture p.png", in: folder)
      }
      for count in stride(from: 4, through: 40, by: 3) {
        let outcome = try await draw("-n \(count)")
        if outcome.status == 0 { continue }
        #expect(count < 32 && [66, 73].contains(outcome.status), "\(count): \(outcome.status) \(outcome.error)")
        #expect(outcome.error.contains("raise the limit on open files"), "\(count): \(outcome.error)")
        #expect(outcome.error.split(separator: "\n").count == 1, "\(outcome.error)")
      }
      for kilobytes in stride(from: 80_000, through: 320_000, by: 40_000) {
        let outcome = try await draw("-v \(kilobytes)")
        if outcome.status == 0 { continue }
        #expect(kilobytes < 280_000 && outcome.status == 71, "\(kilobytes): \(outcome.status) \(outcome.error)")
        #expect(outcome.error.split(separator: "\n").count == 1, "\(outcome.error)")
      }
    }
  }

  /// The texts in the elements of an XML file.
  private func texts(inXML bytes: [UInt8]) throws -> [String] {
    final class Collector: NSObject, XMLParserDelegate {
      var texts: [String] = [""]
      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
      ) { texts.append("") }
      func parser(_ parser: XMLParser, foundCharacters text: String) { texts[texts.count - 1] += text }
    }
    let (parser, collector) = (XMLParser(data: Data(bytes)), Collector())
    parser.delegate = collector
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return collector.texts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  @Test("a title and names are shown as they are, and nothing in them is a command")
  func hostileTexts() async throws {
    try await withTemporaryFolder { folder in
      try await makeLogs(in: folder, epochs: 2)
      let text = #"'it''s' "x" \n {a}_b^c @d %e # $(touch f) `touch g` &<i>"#
      let log = try self.text(folder + "/1.jsonl")
      let name = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      try makeFile(
        folder + "/1.jsonl", Array(log.replacing(#""init_from":null"#, with: #""init_from":"\#(name)""#).utf8))
      let title = text + "\nset output 'h'\nsystem 'touch i'\n"
      let before = try names(in: folder)
      let outcome = try await nettrain("plot", ".", "--title", title, "--picture", "p.svg", in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(try names(in: folder) == before + ["p.svg"])
      let texts = try texts(inXML: try contents(folder + "/p.svg"))
      #expect(texts.count { $0 == "softmax cross-entropy, init-from \(text)" } == 2, "the curve and its legend")
      #expect(texts.contains(text + #"\nset output 'h'\nsystem 'touch i'\n"#), "the title")
      for kind in ["png", "pdf"] {
        #expect(try await nettrain("plot", ".", "--title", title, "--picture", "p." + kind, in: folder).status == 0)
      }
      let terminal = try await nettrain("plot", ".", "--title", title, in: folder)
      #expect(terminal.status == 0 && terminal.lines.allSatisfy { $0.count <= 80 })
      #expect(try names(in: folder) == before + ["p.pdf", "p.png", "p.svg"])
    }
  }
}
