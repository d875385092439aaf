import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Files

@Suite("Names of files") struct FileNameTests {
  /// Names that are no UTF-8, that are, and that contain what stands for a byte inside the program.
  private static let names: [[UInt8]] =
    (1...255).map { [$0] } + [
      Array("é".utf8), Array("e\u{301}".utf8), [0x6C, 0xE9], [0xC3, 0x28], [0xE2, 0x82], [0xC0, 0x80],
      [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xA9], [0xF4, 0x8F, 0xBE, 0x80], [0xF4, 0x8F],
      Array("日本 𝜎\u{10FFFF}".utf8), [0xE9, 0xCC, 0x81], [],
    ]

  @Test("bytes are the same bytes after they were a string, and different bytes are different strings")
  func bijection() {
    var strings: Set<[UInt8]> = []
    for bytes in Self.names {
      let name = String(fileName: bytes)
      #expect(name.fileNameBytes == bytes)
      if !bytes.contains(0) { #expect(FilePath(name: name).name == name) }
      #expect(strings.insert(Array(name.utf8)).inserted, "\(bytes)")
    }
  }

  @Test("a name that is text stays as it is")
  func text() {
    for name in ["mnist", "Größe", "e\u{301}", "日本/𝜎", "~root/x", "\u{E000}", ""] {
      #expect(String(fileName: Array(name.utf8)).utf8.elementsEqual(name.utf8))
      #expect(name.fileNameText == name)
    }
    #expect(String(fileName: [0x6C, 0xE9]).fileNameText == #"l\xE9"#)
  }

  @Test("a file is made, found, locked and replaced under the bytes of its name, and so are its leftovers")
  func files() throws {
    try withTemporaryFolder { folder in
      for bytes in [[0x6D, 0xE9], [0x6D, 0xFF] + Array(repeating: 0xE9, count: 250)] as [[UInt8]] {
        let path = "\(folder)/\(String(fileName: bytes))"
        func checkLock() throws {
          let lock = try FileLock(for: path)
          #expect(throws: FileError(.lockedByAnother, path: path)) { _ = try FileLock(for: path) }
          withExtendedLifetime(lock) {}
        }
        try checkLock()
        try replaceFile(at: path, with: [1])
        try replaceFile(at: path, with: [2])
        #expect(try ReadableFile(path).read(1) == [2])
        let leftover = try FileTarget(path).hiddenName + ".abcdef.part"
        try replaceFile(at: "\(folder)/\(leftover)", with: [])
        #expect(try entryNames(ofFolder: folder).contains(leftover))
        removeLeftovers(of: path)
        #expect(try entryNames(ofFolder: folder).filter { $0 != "." && $0 != ".." }.map(\.fileNameBytes) == [bytes])
        remove(FilePath(name: path))
      }
    }
  }

  @Test("names that differ in the composition of a character are different files")
  func composition() throws {
    try withTemporaryFolder { folder in
      let paths = ["\(folder)/\u{E9}", "\(folder)/e\u{301}"]
      #expect(paths[0] == paths[1], "Swift compares characters")
      #expect(!isSameFile(paths[0], paths[1]))
      try replaceFile(at: paths[0], with: [1])
      #expect(!isSameFile(paths[0], paths[1]))
      try replaceFile(at: paths[1], with: [2])
      #expect(!isSameFile(paths[0], paths[1]))
      #expect(try ReadableFile(paths[0]).read(1) == [1])
      let first = try FileLock(for: paths[0])
      let second = try FileLock(for: paths[1])
      withExtendedLifetime(first) {}
      withExtendedLifetime(second) {}
    }
  }
}
