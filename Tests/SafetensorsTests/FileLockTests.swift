import Foundation
import Safetensors
import Synchronization
import SystemPackage
import Testing

@Suite("File locks") struct FileLockTests {
  @Test("a file is locked by one at a time, and by another as soon as the first is done; no lock file is left")
  func exclusive() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      func hold() throws {
        let lock = try FileLock(for: path)
        #expect(throws: FileLockFailure.heldByAnother(path: path)) { _ = try FileLock(for: path) }
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

  @Test("the names of one file, with and without links, have one lock")
  func links() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "file")
      let lock = try FileLock(for: folder + "/link")
      #expect(throws: FileLockFailure.heldByAnother(path: folder + "/file")) { _ = try FileLock(for: folder + "/file") }
      withExtendedLifetime(lock) {}
    }
  }

  @Test("the lock file of a process that was killed holds nobody up")
  func stale() throws {
    try withTemporaryFolder { folder in
      try makeFile(folder + "/.file.lock", [])
      let lock = try FileLock(for: folder + "/file")
      #expect(throws: FileLockFailure.heldByAnother(path: folder + "/file")) { _ = try FileLock(for: folder + "/file") }
      withExtendedLifetime(lock) {}
    }
  }

  @Test("of a file's leftovers only its own temporary files are removed, and never the file")
  func leftovers() throws {
    try withTemporaryFolder { folder in
      let others = [".file.lock", ".file.tooLong.part", ".other.aaaaaa.part", "file", "file.part"]
      for name in others + [".file.abcXYZ.part", ".file.012345.part"] { try makeFile("\(folder)/\(name)", []) }
      removeLeftovers(of: folder + "/file")
      #expect(try names(in: folder) == others)
      removeLeftovers(of: folder + "/no/such/folder")
    }
  }

  @Test("a file whose folder is not there cannot be locked")
  func absent() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/absent/file"
      let failure = FileLockFailure.cannotBeCreated(path: path, errno: .noSuchFileOrDirectory)
      #expect(throws: failure) { _ = try FileLock(for: path) }
      #expect("\(failure)".contains("No such file or directory"))
      #expect(throws: FileLockFailure.cannotBeCreated(path: folder, errno: .isDirectory)) {
        _ = try FileLock(for: folder)
      }
    }
  }

  @Test("threads that take the lock again and again never have it together, and all have it in the end")
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
          } catch FileLockFailure.heldByAnother {
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
