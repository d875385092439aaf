import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Files

@Suite("File locks") struct FileLockTests {
  @Test("a file has one lock at a time, which is free again at its end; no lock file is left")
  func exclusive() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      func hold() throws {
        let lock = try FileLock(for: path)
        #expect(throws: FileError(.lockedByAnother, path: path)) { _ = try FileLock(for: path) }
        #expect(try names(in: folder) == [".file.lock"])
        let other = try FileLock(for: folder + "/other")
        #expect(try names(in: folder) == [".file.lock", ".other.lock"])
        withExtendedLifetime(other) {}
        withExtendedLifetime(lock) {}
      }
      for _ in 0..<2 {
        try hold()
        #expect(try names(in: folder) == [])
      }
    }
  }

  @Test("a file with the name of a lock that has contents, or that has taken its place, stays")
  func foreignFiles() throws {
    try withTemporaryFolder { folder in
      try makeFile(folder + "/.file.lock", [1])
      func hold() throws {
        let lock = try FileLock(for: folder + "/file")
        let other = try FileLock(for: folder + "/other")
        try replaceFile(at: folder + "/.other.lock", with: [2])
        withExtendedLifetime(lock) {}
        withExtendedLifetime(other) {}
      }
      try hold()
      #expect(try names(in: folder) == [".file.lock", ".other.lock"])
      #expect(try contents(folder + "/.file.lock") == [1] && contents(folder + "/.other.lock") == [2])
    }
  }

  @Test("a file and a symbolic link to it have one lock")
  func links() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "file")
      let lock = try FileLock(for: folder + "/link")
      #expect(throws: FileError(.lockedByAnother, path: folder + "/file")) { _ = try FileLock(for: folder + "/file") }
      withExtendedLifetime(lock) {}
    }
  }

  @Test("the lock file of a process that was killed can be locked")
  func stale() throws {
    try withTemporaryFolder { folder in
      try makeFile(folder + "/.file.lock", [])
      let lock = try FileLock(for: folder + "/file")
      #expect(throws: FileError(.lockedByAnother, path: folder + "/file")) { _ = try FileLock(for: folder + "/file") }
      withExtendedLifetime(lock) {}
    }
  }

  @Test("a file that cannot be written cannot be locked either, for the same reason")
  func refused() throws {
    try withTemporaryFolder { folder in
      try #require(unsafe mkfifo(folder + "/pipe", 0o644) == 0)
      for (path, code, errno, text) in [
        (folder + "/absent/file", .cannotBeLocked, .noSuchFileOrDirectory, "(No such file or directory); choose a pl"),
        (folder, .isFolder, .isDirectory, "this is a folder; give the name of a file"),
        ("/dev/full", .isSpecial, .notSupported, "this is not a regular file; choose another name"),
        (folder + "/pipe", .isSpecial, .notSupported, "this is not a regular file; choose another name"),
      ] as [(String, FileError.Code, Errno, String)] {
        let failure = FileError(code, path: path, errno: errno)
        #expect(throws: failure) { _ = try FileLock(for: path) }
        #expect("\(failure)".contains(text), "\(failure)")
        #expect(failure.isCreation)
      }
      #expect(try names(in: folder) == ["pipe"])
    }
  }

  @Test("files whose long names have the same start have locks of their own")
  func longNames() throws {
    try withTemporaryFolder { folder in
      for count in [236, 237, 243, 249, 250] {
        let paths = ["first", "other"].map { "\(folder)/\(String(repeating: "x", count: count))\($0)" }
        let lock = try FileLock(for: paths[0])
        #expect(throws: FileError(.lockedByAnother, path: paths[0])) { _ = try FileLock(for: paths[0]) }
        let other = try FileLock(for: paths[1])
        withExtendedLifetime(other) {}
        withExtendedLifetime(lock) {}
      }
      #expect(try names(in: folder) == [])
    }
  }

  @Test("a lock counts only while the locked file is there under its name")
  func unlinked() throws {
    try withTemporaryFile([]) { path in
      let file = try unsafe FileDescriptor.open(path, .writeOnly)
      let other = try unsafe FileDescriptor.open(path, .writeOnly)
      #expect(try file.lock(at: FilePath(path)) == .taken)
      #expect(try other.lock(at: FilePath(path)) == .heldByAnother)
      try FileManager.default.removeItem(atPath: path)
      #expect(try file.lock(at: FilePath(path)) == .unlinked)
      try makeFile(path, [])
      #expect(try file.lock(at: FilePath(path)) == .unlinked)
      try other.close()
      try file.close()
    }
  }

  @Test("competing threads never hold the lock together, and each gets it in the end")
  func threads() throws {
    try withTemporaryFolder { folder in
      let holders = Atomic(0)
      let greatest = Atomic(0)
      let failures = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        var turns = 0
        while turns < 250 {
          do {
            let lock = try FileLock(for: folder + "/file")
            let count = holders.add(1, ordering: .sequentiallyConsistent).newValue
            greatest.max(count, ordering: .sequentiallyConsistent)
            sched_yield()
            holders.subtract(1, ordering: .sequentiallyConsistent)
            withExtendedLifetime(lock) {}
            turns += 1
          } catch let error as FileError where error.code == .lockedByAnother {
            sched_yield()
          } catch {
            failures.withLock { $0.append("\(error)") }
            return
          }
        }
      }
      #expect(failures.withLock { $0 } == [])
      #expect(greatest.load(ordering: .sequentiallyConsistent) == 1)
      let left = try names(in: folder)
      #expect(left == [])
    }
  }
}
