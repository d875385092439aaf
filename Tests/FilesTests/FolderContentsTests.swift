import Files
import TestSupport
import Testing

@Suite("Contents of a folder") struct FolderContentsTests {
  @Test("every entry is named, hidden ones included; a folder that is not there has none")
  func names() throws {
    try withTemporaryFolder { folder in
      for name in ["b", "a.gz", ".hidden"] { try makeFile("\(folder)/\(name)", []) }
      #expect(Set(entryNames(ofFolder: folder)) == [".", "..", "b", "a.gz", ".hidden"])
      #expect(entryNames(ofFolder: folder + "/none").isEmpty)
    }
  }
}
