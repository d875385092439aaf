import Files
import TestSupport
import Testing

@testable import NettrainCommands

@Suite("Lines of a log") struct LogLinesTests {
  /// The lengths of the whole lines of a file and of what follows them; `nil` after a line that is too long.
  private func lengths(_ bytes: [UInt8], limit: Int) throws -> (whole: [Int], last: Int?) {
    try withTemporaryFile(bytes) { path in
      var lines = LogLines(of: try ReadableFile(path), limit: limit)
      var whole: [Int] = []
      while true {
        switch try lines.next() {
        case .whole(let line): whole.append(line.count)
        case .last(let line): return (whole, line.count)
        case .tooLong: return (whole, nil)
        }
      }
    }
  }

  @Test("lines of any length up to the limit are read whole, across the borders of what is read at once")
  func lines() throws {
    let counts = [0, 1, 65_535, 65_536, 65_537, 0, 200_000, 3]
    let bytes = counts.flatMap { Array(repeating: UInt8(ascii: "x"), count: $0) + [UInt8(ascii: "\n")] }
    for end in [0, 1, 70_000] {
      let text = bytes + Array(repeating: UInt8(ascii: "y"), count: end)
      let found = try lengths(text, limit: 200_000)
      #expect(found.whole == counts && found.last == end)
      let cut = try lengths(text, limit: 199_999)
      #expect(cut.whole == Array(counts.prefix(6)) && cut.last == nil)
    }
    let empty = try lengths([], limit: 0)
    #expect(empty.whole == [] && empty.last == 0)
    #expect(try lengths([0], limit: 0).last == nil)
  }
}
