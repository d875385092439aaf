import Files
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite("Replaced files") struct ReplacedFileTests {
  private func permissions(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test("a file is created and replaced, and nothing else is left in the folder")
  func replace() throws {
    try withTemporaryFolder { folder in
      for bytes in [[1, 2, 3], [4], [], Array(repeating: 5, count: 3_000_000)] as [[UInt8]] {
        try replaceFile(at: folder + "/file", with: bytes)
        #expect(try contents(folder + "/file") == bytes)
        #expect(try names(in: folder) == ["file"])
      }
    }
  }

  @Test("names without a folder, and names that leave no room for the temporary file's suffix")
  func otherNames() async throws {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        #expect(FileManager.default.changeCurrentDirectoryPath(folder))
        let long = String(repeating: "é", count: 127)
        for name in ["file", "./file", long] {
          try checkReplaceable(name)
          try replaceFile(at: name, with: [1])
        }
        #expect(try names(in: folder) == ["file", long].sorted())
      }
    }
  }

  @Test("a new file has the permissions that the umask allows, and a replaced one keeps its own")
  func keepsPermissions() async throws {
    await #expect(processExitsWith: .success) {
      umask(0o027)
      try withTemporaryFolder { folder in
        func permissions(_ name: String) throws -> Int? {
          try FileManager.default.attributesOfItem(atPath: folder + name)[.posixPermissions] as? Int
        }
        try replaceFile(at: folder + "/new", with: [1])
        #expect(try permissions("/new") == 0o640)
        for old in [0o600, 0o666, 0o755] {
          try makeFile(folder + "/old", [1], permissions: old)
          try replaceFile(at: folder + "/old", with: [2])
          #expect(try permissions("/old") == old)
        }
      }
    }
  }

  @Test("a symbolic link is kept, and the file that it leads to is replaced or created")
  func links() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/below", withIntermediateDirectories: false)
      try makeFile(folder + "/below/old", [1])
      for (link, destination) in [
        ("old", "below/old"), ("new", folder + "/below/new"), ("below/again", "../old"),
      ] {
        let link = "\(folder)/\(link)"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: destination)
        try replaceFile(at: link, with: Array(link.utf8))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == destination)
        #expect(try contents(link) == Array(link.utf8))
      }
      #expect(try names(in: folder) == ["below", "new", "old"])
      #expect(try names(in: folder + "/below") == ["again", "new", "old"])
      #expect(try contents(folder + "/below/old") == Array("\(folder)/below/again".utf8))
    }
  }

  @Test("a write that fails for lack of space leaves the old file, and no other")
  func noRoom() async throws {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      try withTemporaryFolder { folder in
        let path = folder + "/file"
        try makeFile(path, [1, 2, 3])
        var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
        #expect(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
        // The first write takes what the limit leaves room for, the next fails.
        let failure = FileError(.writeFailed, path: path, errno: .fileTooLarge)
        #expect(throws: failure) { try replaceFile(at: path, with: Array(repeating: 0, count: 100_001)) }
        #expect(!failure.isCreation)
        #expect("\(failure)" == "\(path): writing failed (File too large); make room for it and run again")
        #expect(try contents(path) == [1, 2, 3])
        #expect(try names(in: folder) == ["file"])
        try replaceFile(at: path, with: Array(repeating: 0, count: 100_000))
        #expect(try contents(path).count == 100_000)
      }
    }
  }

  @Test("in a folder with the sticky bit the file of another user is refused, by the check as well")
  func sticky() async throws {
    await #expect(processExitsWith: .success) {
      guard geteuid() == 0 else { return }
      try withTemporaryFolder { folder in
        try makeFile(folder + "/other", [1], permissions: 0o666)
        try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: folder)
        #expect(seteuid(65534) == 0)
        defer { #expect(seteuid(0) == 0) }
        let failure = FileError(.cannotBeCreated, path: folder + "/other", errno: .notPermitted)
        #expect(throws: failure) { try checkReplaceable(folder + "/other") }
        try makeFile(folder + "/own", [1])
        try replaceFile(at: folder + "/own", with: [2])
        #expect(try contents(folder + "/own") == [2])
      }
    }
  }

  @Test("a folder or a file without permission to write is refused, by the check as well")
  func forbidden() async throws {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        // Permissions do not bind root.
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
        if geteuid() == 0 { #expect(seteuid(65534) == 0) }
        defer { if getuid() == 0 { #expect(seteuid(0) == 0) } }
        try makeFile(folder + "/protected", [1], permissions: 0o444)
        try makeFile(folder + "/old", [1])
        let protected = FileError(.cannotBeCreated, path: folder + "/protected", errno: .permissionDenied)
        #expect(throws: protected) { try replaceFile(at: folder + "/protected", with: [2]) }
        #expect(throws: protected) { try checkReplaceable(folder + "/protected") }
        let below = folder + "/below"
        try FileManager.default.createDirectory(atPath: below, withIntermediateDirectories: false)
        try makeFile(below + "/old", [1])
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: below)
        for name in ["/old", "/new"] {
          let failure = FileError(.cannotBeCreated, path: below + name, errno: .permissionDenied)
          #expect(throws: failure) { try replaceFile(at: below + name, with: [2]) }
          #expect(throws: failure) { try checkReplaceable(below + name) }
          #expect(failure.isCreation)
        }
        #expect(try names(in: below) == ["old"])
        #expect(try contents(below + "/old") == [1])
        #expect(try names(in: folder) == ["below", "old", "protected"])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: below)
      }
    }
  }

  @Test("a folder, a device, a circular link and an empty name are refused")
  func refused() throws {
    try withTemporaryFolder { folder in
      try makeFile(folder + "/file", [1])
      try FileManager.default.createSymbolicLink(atPath: folder + "/circle", withDestinationPath: "circle")
      try FileManager.default.createSymbolicLink(atPath: folder + "/null", withDestinationPath: "/dev/null")
      try #require(unsafe mkfifo(folder + "/pipe", 0o644) == 0)
      for (path, code, errno) in [
        (folder, .isFolder, .isDirectory), (folder + "/", .isFolder, .isDirectory),
        (folder + "/new/", .isFolder, .isDirectory), ("/", .isFolder, .isDirectory),
        (folder + "/.", .isFolder, .isDirectory), (folder + "/..", .isFolder, .isDirectory),
        ("/dev/null", .isSpecial, .notSupported), (folder + "/null", .isSpecial, .notSupported),
        (folder + "/pipe", .isSpecial, .notSupported), ("", .cannotBeCreated, .noSuchFileOrDirectory),
        (folder + "/circle", .cannotBeCreated, .tooManySymbolicLinkLevels),
        (folder + "/file/x", .cannotBeCreated, .notDirectory),
      ] as [(String, FileError.Code, Errno)] {
        let failure = FileError(code, path: path, errno: errno)
        #expect(failure.isCreation)
        #expect(throws: failure) { try checkReplaceable(path) }
        #expect(throws: failure) { try replaceFile(at: path, with: [1]) }
      }
      let absent = FileError(.cannotBeCreated, path: folder + "/absent/file", errno: .noSuchFileOrDirectory)
      #expect(throws: absent) { try checkReplaceable(folder + "/absent/file") }
      #expect(
        "\(absent)"
          == "\(folder)/absent/file: cannot be created (No such file or directory); choose a place you can write to")
      #expect(try names(in: folder) == ["circle", "file", "null", "pipe"])
    }
  }

  @Test("the check leaves everything as it was")
  func check() throws {
    try withTemporaryFolder { folder in
      try makeFile(folder + "/old", [1], permissions: 0o600)
      try checkReplaceable(folder + "/old")
      try checkReplaceable(folder + "/new")
      #expect(try contents(folder + "/old") == [1])
      #expect(try permissions(folder + "/old") == 0o600)
      #expect(try names(in: folder) == ["old"])
    }
  }

  @Test("a reader sees the old contents or the new while a file is replaced")
  func atomic() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      let versions = (0..<2).map { [UInt8](repeating: $0, count: 100_000) }
      try replaceFile(at: path, with: versions[0])
      let failures = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 2) { thread in
        do {
          for round in 0..<20 {
            if thread == 0 {
              try replaceFile(at: path, with: versions[round % 2])
            } else if try !versions.contains(contents(path)) {
              failures.withLock { $0.append("round \(round)") }
            }
          }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
      #expect(failures.withLock { $0 } == [])
    }
  }
}
