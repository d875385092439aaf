import Files
import SystemPackage
import Testing

@Suite("Failures of files") struct FileErrorTests {
  @Test("a remedy fits the reason that the system gives, and permissions are named for no other")
  func remedies() {
    for (reason, remedy) in [
      (.permissionDenied, "check its permissions"), (.notPermitted, "check its permissions"),
      (.tooManyOpenFiles, "close other files, or raise the limit on open files"),
      (.tooManyOpenFilesInSystem, "close other files, or raise the limit on open files"),
      (.fileNameTooLong, "use a shorter name"), (.ioError, "use another copy of it"),
      (.tooManySymbolicLinkLevels, "check the symbolic links in its name"),
    ] as [(Errno, String)] {
      #expect(
        "\(FileError(.unreadable, path: "a", errno: reason))" == "a: cannot be read (\(reason)); \(remedy)")
    }
    for (reason, remedy) in [
      (.noSpace, "make room for it and run again"), (.readOnlyFileSystem, "choose a place you can write to"),
      (.permissionDenied, "choose a place you can write to"),
      (.tooManyOpenFiles, "close other files, or raise the limit on open files"),
    ] as [(Errno, String)] {
      #expect(
        "\(FileError(.cannotBeCreated, path: "a", errno: reason))" == "a: cannot be created (\(reason)); \(remedy)")
    }
    #expect(
      "\(FileError(.cannotBeLocked, path: "a", errno: .noLocks))"
        == "a: cannot be locked against other processes (No locks available); "
        + "choose a place on a file system with locks")
    #expect(
      "\(FileError(.writeFailed, path: "a", errno: .ioError))"
        == "a: writing failed (Input/output error); choose another place for it and run again")
  }
}
