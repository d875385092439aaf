import Foundation
import TestSupport
import Testing

/// Faults of gzip files, made with gzip itself.
@Suite("Faults of gzip files") struct GzipFaultTests {
  /// Expects an error about a file, by default `train-images-idx3-ubyte.gz`, that the shell has made in a folder.
  private func expect(
    _ message: String, of file: String = "train-images-idx3-ubyte.gz", after commands: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      let outcome = try await shell(
        """
        set -e
        gzip train-images-idx3-ubyte
        file=train-images-idx3-ubyte.gz
        \(commands)
        ulimit -v 2000000
        "$nettrain" --data .
        """, in: folder)
      #expect(outcome.status == 65, sourceLocation: sourceLocation)
      #expect(outcome.error == "nettrain: error: ./\(file): \(message)\n", sourceLocation: sourceLocation)
      #expect(outcome.output == "", sourceLocation: sourceLocation)
    }
  }

  @Test("a CRC that does not fit")
  func crc() async throws {
    try await expect(
      "the gzip data is corrupt (incorrect data check); fetch the file again",
      after: #"printf '\0\0\0\0' | dd of=$file bs=1 seek=$(($(stat -c %s $file) - 8)) conv=notrunc status=none"#)
  }

  @Test("a length that does not fit")
  func length() async throws {
    try await expect(
      "the gzip data is corrupt (incorrect length check); fetch the file again",
      after: #"printf '\1\1\1\1' | dd of=$file bs=1 seek=$(($(stat -c %s $file) - 4)) conv=notrunc status=none"#)
  }

  @Test("a cut file")
  func cut() async throws {
    try await expect(
      "the gzip data is cut off; fetch the file again", after: "truncate --size=-1 $file")
  }

  @Test("bytes behind the gzip data")
  func trailing() async throws {
    try await expect("other bytes follow the gzip data; fetch the file again", after: "echo more >> $file")
  }

  @Test("64 MiB behind a small header")
  func bomb() async throws {
    try await expect(
      "more bytes follow the 24 that the IDX header declares; fetch the file again",
      after: "{ gunzip -c $file; head -c 67108864 /dev/zero; } | gzip > bomb && mv bomb $file")
  }

  @Test("a header of 16 GiB before 64 MiB, in 2 GB of memory")
  func largeHeader() async throws {
    try await expect(
      "the IDX header declares 17179869184 bytes, but only 67108864 are there; fetch the file again",
      of: "t10k-images-idx3-ubyte.gz",
      after: #"""
        header() { printf "\0\0\10\3\0\0\0\\$1\0\1\0\0\0\1\0\0"; }
        header 14 | gzip > $file
        rm t10k-images-idx3-ubyte
        { header 4; head -c 67108864 /dev/zero; } | gzip > t10k-images-idx3-ubyte.gz
        """#)
  }
}
