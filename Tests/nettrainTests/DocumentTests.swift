import Foundation
import TestSupport
import Testing

@Suite("Documents") struct DocumentTests {
  /// The Markdown documents of the project, by their paths in it.
  private func documents() throws -> [String: String] {
    var paths = ["README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md", "data/README.md"]
    let sources = try FileManager.default.subpathsOfDirectory(atPath: root + "/Sources")
    paths += sources.filter { $0.hasSuffix(".md") }.map { "Sources/" + $0 }
    return try Dictionary(
      uniqueKeysWithValues: paths.map { ($0, try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8)) })
  }

  /// The names by which GitHub links to the headings of a document.
  private func anchors(_ text: String) -> Set<String> {
    let headings = text.split(separator: "\n").filter { $0.wholeMatch(of: /#+ .*/) != nil }
    return Set(
      headings.map { heading in
        let words = heading.drop { $0 == "#" }.dropFirst().lowercased()
        return words.replacing(/[^\p{L}\p{N}_\- ]/, with: "").replacing(" ", with: "-")
      })
  }

  @Test("each link inside the project leads to a file or folder that is there, and to a heading that it has")
  func links() throws {
    let documents = try documents()
    var count = 0
    for (path, text) in documents {
      for link in text.matches(of: /\]\(\s*([^()\s#]*)(?:#([^()\s]+))?\s*\)/) where !link.1.contains("://") {
        count += 1
        let folder = URL(filePath: "\(root)/\(path)").deletingLastPathComponent()
        let target = link.1.isEmpty ? URL(filePath: "\(root)/\(path)") : folder.appending(path: String(link.1))
        #expect(FileManager.default.fileExists(atPath: target.path), "\(path): \(link.0)")
        guard let anchor = link.2 else { continue }
        let linked = try String(contentsOf: target, encoding: .utf8)
        #expect(anchors(linked).contains(String(anchor)), "\(path): \(link.0)")
      }
    }
    #expect(count > 50)
  }
  @Test("each field of a log is documented, that of a choice as the option of its name")
  func fields() async throws {
    let logs = try String(
      contentsOfFile: root + "/Sources/NettrainCommands/NettrainCommands.docc/Logs.md", encoding: .utf8)
    let help = try await nettrain("help", "train").output
    let events = try await nettrain("--epochs", "1", "--format", "json", "--output", "sigmoid", "--saturation").events()
    try #require(events.count == 3)
    for event in events {
      for field in event.keys where field != "event" && !logs.contains("`\(field)`") {
        #expect(help.contains("--" + field.replacing("_", with: "-")), "\(field)")
      }
    }
  }
}
