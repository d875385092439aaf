import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite("Readable files") struct ReadableFileTests {
  @Test("a file is read in pieces of a given size or as they come, to its end")
  func read() throws {
    try withTemporaryFile([1, 2, 3, 4, 5, 6]) { path in
      let file = try ReadableFile(path)
      #expect(file.byteCount == 6)
      #expect(try file.read(2) == [1, 2])
      #expect(try file.read(0) == [])
      var buffer: [UInt8] = [0, 0, 0]
      #expect(try file.read(into: &buffer) == 3)
      #expect(buffer == [3, 4, 5])
      #expect(try file.read(into: &buffer) == 1)
      #expect(try file.read(into: &buffer) == 0)
      #expect(buffer == [6, 4, 5])
    }
  }

  @Test("a file that became shorter is not filled up")
  func shortened() throws {
    try withTemporaryFile([1, 2, 3]) { path in
      let file = try ReadableFile(path)
      #expect(unsafe truncate(path, 2) == 0)
      let error = FileError(.changedWhileRead, path: path)
      #expect(throws: error) { try file.read(3) }
      #expect(!error.isMissing)
    }
  }

  @Test(
    "a file that is cut, lengthened or overwritten while it is read is known by its size or time, and one that another replaces is still whole"
  )
  func changed() throws {
    try withTemporaryFolder { folder in
      let (path, other) = (folder + "/file", folder + "/other")
      for (isKnown, change) in [
        (true, { #expect(unsafe truncate(path, 1) == 0) }),
        (true, { try FileHandle(forUpdating: URL(filePath: path)).write(contentsOf: [4, 5]) }),
        (true, { #expect(unsafe truncate(path, 4) == 0) }),
        (false, { #expect(unsafe rename(other, path) == 0) }), (false, { #expect(unsafe unlink(path) == 0) }),
        (false, {}),
      ] as [(Bool, () throws -> Void)] {
        for name in [path, other] { try makeFile(name, [1, 2, 3]) }
        // A change within the tick of the system's clock would have the same time.
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
        let file = try ReadableFile(path)
        _ = try file.read(1)
        try change()
        if isKnown {
          #expect(throws: FileError(.changedWhileRead, path: path)) { try file.checkUnchanged() }
        } else {
          #expect(throws: Never.self) { try file.checkUnchanged() }
        }
        try? FileManager.default.removeItem(atPath: path)
        try? FileManager.default.removeItem(atPath: other)
      }
    }
  }

  @Test("a file that is absent, special or unreadable is refused at once")
  func refused() throws {
    try withTemporaryFolder { folder in
      try makeFile(folder + "/file", [])
      try #require(unsafe mkfifo(folder + "/pipe", 0o644) == 0)
      for (path, code, errno, text) in [
        (folder + "/x", .noSuchFile, .noSuchFileOrDirectory, "there is no such file; check the name"),
        (
          folder + "/file/x", .unreadable, .notDirectory,
          "cannot be read (Not a directory); a part of the name is a file, so check it"
        ),
        (folder, .notAFile, nil, "this is not a regular file; use a regular file instead"),
        (folder + "/pipe", .notAFile, nil, "this is not a regular file; use a regular file instead"),
        ("/dev/zero", .notAFile, nil, "this is not a regular file; use a regular file instead"),
      ] as [(String, FileError.Code, Errno?, String)] {
        let error = FileError(code, path: path, errno: errno)
        #expect(throws: error) { _ = try ReadableFile(path) }
        #expect(error.isMissing)
        #expect("\(error)" == "\(path): \(text)")
      }
    }
  }

  @Test("a file is closed when it is no longer needed, and when it is refused")
  func closed() async throws {
    await #expect(processExitsWith: .success) {
      try withTemporaryFile([1]) { path in
        for _ in 0..<10 {
          _ = try ReadableFile(path).read(1)
          #expect(throws: FileError.self) { _ = try ReadableFile("/dev/zero") }
        }
        // Other parts of the process may open files meanwhile.
        let open = try names(in: "/proc/self/fd").compactMap { name in
          try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
        }
        #expect(!open.contains(path) && !open.contains("/dev/zero"))
        #expect(!open.isEmpty)
      }
    }
  }
}
