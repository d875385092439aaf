import Files
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite("Temporary files of processes that were killed") struct TemporaryFileTests {
  /// The folder in which a signal handler looks; a C function captures nothing.
  private static let folder = Mutex("")

  /// Makes the next write of more than 1,000 bytes raise SIGXFSZ, while the temporary file is there.
  private static func limitFileSize(_ handler: @convention(c) (CInt) -> Void) {
    handle(SIGXFSZ, handler)
    var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
    #expect(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
  }

  @Test("the temporary file of a killed process is removed later, and the file is as before")
  func killed() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/file"
      try makeFile(path, [1])
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
        Self.limitFileSize { _ in _ = raise(SIGKILL) }
        try replaceFile(at: path, with: Array(repeating: 2, count: 2000))
      }
      #expect(try names(in: folder).count == 2)
      removeLeftovers(of: path)
      #expect(try names(in: folder) == ["file"])
      #expect(try contents(path) == [1])
    }
  }

  @Test("those of all files in a folder are removed together, and other files stay")
  func leftoversOfAFolder() throws {
    try withTemporaryFolder { folder in
      let others = [".film.mp4.abcdef.part", ".film.part", ".hidden", ".jsonl.abcdef.part", "a.jsonl", "my.part"]
      for name in [".a.jsonl.abcdef.part", ".b.jsonl.ghijkl.part", ".plan.json.123456.part"] + others {
        try makeFile("\(folder)/\(name)", [1])
      }
      removeLeftovers(inFolder: folder, ofFilesEndingIn: [".jsonl", "plan.json"])
      #expect(try names(in: folder).sorted() == others)
    }
  }

  @Test("the temporary file of a living process stays")
  func living() async throws {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        Self.folder.withLock { $0 = folder }
        Self.limitFileSize { _ in
          Self.folder.withLock { folder in
            let before = try? names(in: folder)
            removeLeftovers(of: folder + "/file")
            let after = try? names(in: folder)
            #expect(before?.count == 1 && after == before)
            folder = "looked at"
          }
        }
        #expect(throws: FileError(.writeFailed, path: folder + "/file", errno: .fileTooLarge)) {
          try replaceFile(at: folder + "/file", with: Array(repeating: 2, count: 2000))
        }
        #expect(Self.folder.withLock { $0 } == "looked at")
        let left = try names(in: folder)
        #expect(left == [])
      }
    }
  }

  @Test("writing goes on while other threads remove leftovers")
  func concurrent() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try concurrently(4) { thread in
        for round in 0..<100 {
          if thread < 2 { try replaceFile(at: path, with: [UInt8(round)]) } else { removeLeftovers(of: path) }
        }
      }
      #expect(try names(in: folder) == ["file"])
      #expect(try contents(path) == [99])
    }
  }

  @Test("a temporary file that was removed before it was locked is not used", .enabled(if: canFilter))
  func removed() async throws {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        Self.folder.withLock { $0 = folder }
        handle(SIGSYS) { _ in
          Self.folder.withLock { folder in
            for name in (try? names(in: folder)) ?? [] { unsafe unlink("\(folder)/\(name)") }
            folder = "/none"
          }
        }
        try filterLocks(.signal)
        try replaceFile(at: folder + "/file", with: [1])
        #expect(Self.folder.withLock { $0 } == "/none")
        #expect(try names(in: folder) == ["file"])
      }
    }
  }

  @Test("a temporary file that another process has locked first is not used", .enabled(if: canFilter))
  func lockedByAnother() async throws {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        try filterLocks(.fail(EWOULDBLOCK))
        #expect(throws: FileError(.cannotBeCreated, path: folder + "/file", errno: .fileExists)) {
          try replaceFile(at: folder + "/file", with: [1])
        }
      }
    }
  }

  @Test("only regular files with the names of the file's own temporary files are removed")
  func others() throws {
    try withTemporaryFolder { folder in
      let others = [".file.lock", ".file.tooLong.part", ".other.aaaaaa.part", "file", "file.part"]
      for name in others + [".file.abcXYZ.part", ".file.012345.part"] { try makeFile("\(folder)/\(name)", []) }
      try FileManager.default.createSymbolicLink(atPath: folder + "/.file.linked.part", withDestinationPath: "file")
      try #require(unsafe mkfifo(folder + "/.file.pipe00.part", 0o644) == 0)
      let reader = try unsafe FileDescriptor.open(folder + "/.file.pipe00.part", .readOnly, options: .nonBlocking)
      removeLeftovers(of: folder + "/file")
      try reader.close()
      #expect(try names(in: folder) == (others + [".file.linked.part", ".file.pipe00.part"]).sorted())
      removeLeftovers(of: folder + "/no/such/folder")
    }
  }

  @Test("files whose long names have the same start do not take each other's temporary files for their own")
  func longNames() async throws {
    try await withTemporaryFolder { folder in
      let paths = ["first", "other"].map { "\(folder)/\(String(repeating: "x", count: 250))\($0)" }
      await #expect(processExitsWith: .signal(SIGKILL)) { [paths = paths as [String]] in
        Self.limitFileSize { _ in _ = raise(SIGKILL) }
        try replaceFile(at: paths[0], with: Array(repeating: 2, count: 2000))
      }
      removeLeftovers(of: paths[1])
      let left = try names(in: folder)
      #expect(left.count == 1)
      removeLeftovers(of: paths[0])
      #expect(try names(in: folder) == [])
    }
  }

  @Test(
    "where the file system has no locks, files are replaced, and nothing is removed or left behind",
    .enabled(if: canFilter))
  func noLocks() async throws {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        let path = folder + "/file"
        try makeFile(folder + "/.file.aaaaaa.part", [])
        try makeFile(folder + "/.other.lock", [])
        try filterLocks(.fail(ENOLCK))
        try replaceFile(at: path, with: [1])
        #expect(try contents(path) == [1])
        removeLeftovers(of: path)
        for path in [path, folder + "/other"] {
          #expect(throws: FileError(.cannotBeLocked, path: path, errno: .noLocks)) { _ = try FileLock(for: path) }
        }
        #expect(try names(in: folder) == [".file.aaaaaa.part", ".other.lock", "file"])
      }
    }
  }
}
