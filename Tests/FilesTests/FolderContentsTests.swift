import Files
import TestSupport
import Testing

@Suite("Contents of a folder") struct FolderContentsTests {
  @Test("every entry is named, hidden ones included; a folder that cannot be read is an error")
  func names() throws {
    try withTemporaryFolder { folder in
      for name in ["b", "a.gz", ".hidden"] { try makeFile("\(folder)/\(name)", []) }
      #expect(try Set(entryNames(ofFolder: folder)) == [".", "..", "b", "a.gz", ".hidden"])
      #expect(throws: FileError(.unreadable, path: folder + "/none", errno: .noSuchFileOrDirectory)) {
        try entryNames(ofFolder: folder + "/none")
      }
    }
  }
}
