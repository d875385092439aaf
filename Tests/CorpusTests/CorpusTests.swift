import Foundation
import TestSupport
import Testing

/// Gives every input that fuzzing started from, and every one that it found a fault with, to the functions that read it.
@Suite("Inputs from fuzzing") struct CorpusTests {
  private static let corpus = URL(filePath: root).appending(path: "Tests/Fuzz/Corpus")

  private static func inputs(_ target: FuzzTarget) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: corpus.appending(path: target.rawValue), includingPropertiesForKeys: nil)
  }

  @Test("each is read or refused with one line", arguments: FuzzTarget.allCases)
  func replay(_ target: FuzzTarget) throws {
    let inputs = try Self.inputs(target)
    #expect(!inputs.isEmpty)
    try withTemporaryFolder { folder in
      var readCount = 0
      for input in inputs {
        // The target ends the process if a rule is broken; this line is then the last one and names the input.
        if case .read = target.run(try contents(input.path), in: Scratch(folder: folder)) { readCount += 1 }
      }
      #expect((1..<inputs.count).contains(readCount), "a corpus has good inputs and bad ones")
    }
  }

  @Test("every folder of inputs is that of a target")
  func folders() throws {
    #expect(try names(in: Self.corpus.path) == FuzzTarget.allCases.map(\.rawValue).sorted())
  }
}
