import Files
import Foundation
import TestSupport
import Testing

@Suite("File identity") struct FileIdentityTests {
  @Test("an existing file is the same under its links, and another file is not")
  func existing() throws {
    try withTemporaryFolder { folder in
      for name in ["a", "b"] { try makeFile("\(folder)/\(name)", [1]) }
      try FileManager.default.createSymbolicLink(atPath: folder + "/symbolic", withDestinationPath: "a")
      try FileManager.default.linkItem(atPath: folder + "/a", toPath: folder + "/hard")
      for name in ["a", "./a", "symbolic", "hard"] { #expect(isSameFile(folder + "/a", "\(folder)/\(name)")) }
      for name in ["b", "absent", ""] { #expect(!isSameFile(folder + "/a", "\(folder)/\(name)")) }
    }
  }

  @Test("a file that does not exist is known by its folder and name")
  func absent() throws {
    try withTemporaryFolder { folder in
      let files = FileManager.default
      try files.createDirectory(atPath: folder + "/below", withIntermediateDirectories: false)
      try files.createSymbolicLink(atPath: folder + "/linked", withDestinationPath: "below")
      try files.createSymbolicLink(atPath: folder + "/dangling", withDestinationPath: "below/new")
      for name in ["below/new", "linked/new", "below/../below/./new", "dangling"] {
        #expect(isSameFile(folder + "/below/new", "\(folder)/\(name)"), "\(name)")
      }
      for name in ["new", "below/other", "none/new"] {
        #expect(!isSameFile(folder + "/below/new", "\(folder)/\(name)"), "\(name)")
      }
    }
  }
}
