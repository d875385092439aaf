import Files
import TestSupport
import Testing

@Suite("Contents of a folder") struct FolderContentsTests {
  @Test(
    "every entry is named, hidden ones included; a folder that cannot be read is an error; folders are made with those above them"
  )
  func entries() throws {
    try withTemporaryFolder { folder in
      for name in ["b", "a.gz", ".hidden"] { try makeFile("\(folder)/\(name)", []) }
      #expect(try Set(entryNames(ofFolder: folder)) == [".", "..", "b", "a.gz", ".hidden"])
      try createFolder(folder + "/c/d/e")
      try createFolder(folder + "/c/d")
      #expect(try names(in: folder + "/c") == ["d"])
      #expect(throws: FileError(.cannotBeCreated, path: folder + "/b/c", errno: .notDirectory)) {
        try createFolder(folder + "/b/c")
      }
      #expect(isInFolder(folder + "/c/new", folder + "/c/d/..") && !isInFolder(folder + "/new", folder + "/c"))
      #expect(throws: FileError(.unreadable, path: folder + "/none", errno: .noSuchFileOrDirectory)) {
        try entryNames(ofFolder: folder + "/none")
      }
    }
  }
}
