import Foundation
import Safetensors
import TestSupport
import Testing

/// Limits of memory: a command ends with its result, or with one line before any work.
@Suite("Limits of memory") struct MemoryTests {
  /// Runs nettrain with an address space of some megabytes. A run that waits forever is killed and has status 137.
  private func run(megabytes: Int, _ arguments: String, in folder: String? = nil) async throws -> Outcome {
    try await shell(
      "timeout --signal=KILL 120 prlimit --as=\(megabytes)000000 \"$nettrain\" \(arguments)", in: folder)
  }

  private func sizes(in error: String) -> (needed: Int, available: Int)? {
    error.firstMatch(of: /: (\d+) MB of memory are needed, and there are (\d+) MB/).flatMap { match in
      Int(match.1).flatMap { needed in Int(match.2).map { (needed, $0) } }
    }
  }

  static let commands = [
    "--epochs 1", "--epochs 1 --threads 2", "--epochs 1 --precision single --hidden 1024 --limit 100",
    "--limit 20 --validation 10 --epochs 1 --kernel sparse --precision single --hidden 4000 --save m",
    "--limit 20 --validation 10 --epochs 2 --kernel dense --hidden 2000,1000 --checkpoint c",
    "--epochs 1 --expand", "--epochs 1 --optimizer adam --hidden 1000 --limit 100",
    "--epochs 1 --momentum 0.5 --hidden 1000 --dropout 0.5 --limit 2000 --batch-size 2000",
    "verify --claim exercise-1", "slowdown --network-epochs 1", "slowdown --network-epochs 0",
  ]

  @Test("a command under a limit succeeds, or says in one line what is needed and what there is", arguments: commands)
  func limits(command: String) async throws {
    try await withTemporaryFolder { folder in
      for limit in [60, 100, 120, 200, 300, 600] {
        let outcome = try await run(megabytes: limit, command, in: folder)
        let context = Comment("\(command) in \(limit) MB: status \(outcome.status), \(outcome.error)")
        guard outcome.status != 0 else { continue }
        #expect(outcome.output == "", context)
        #expect(outcome.error.split(separator: "\n").count == 1, context)
        // In less than the program itself takes, the system does not start it.
        guard limit >= 100 else { continue }
        #expect(outcome.status == 71, context)
        let (needed, available) = try #require(sizes(in: outcome.error), context)
        #expect(needed > limit && (limit - 3...limit).contains(available), context)
      }
    }
  }

  @Test("a command succeeds with the memory that it says it needs", arguments: commands)
  func enough(command: String) async throws {
    try await withTemporaryFolder { folder in
      let refusal = try await run(megabytes: 100, command, in: folder)
      let (needed, _) = try #require(sizes(in: refusal.error), "\(refusal.error)")
      let outcome = try await run(megabytes: needed + 1, command, in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
    }
  }

  @Test("the variable that limits OpenBLAS's threads is overruled")
  func threads() async throws {
    let outcome = try await shell(
      #"export OPENBLAS_NUM_THREADS=8; timeout --signal=KILL 60 prlimit --as=300000000 "$nettrain" --epochs 1"#)
    #expect(outcome.status == 0, "\(outcome.error)")
  }

  @Test("a resumed run needs the memory for its checkpoint, and says so before the data are read")
  func resume() async throws {
    try await withTemporaryFolder { folder in
      _ = try await nettrain("--epochs", "1", "--hidden", "500", "--limit", "100", "--checkpoint", "c", in: folder)
      let before = try Data(contentsOf: URL(filePath: folder + "/c"))
      let refusal = try await run(megabytes: 200, "resume c --epochs 2", in: folder)
      #expect(refusal.status == 71)
      #expect(refusal.error.hasPrefix("nettrain: error: c: "))
      #expect(try Data(contentsOf: URL(filePath: folder + "/c")) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["c"])
      let (needed, _) = try #require(sizes(in: refusal.error))
      #expect(try await run(megabytes: needed + 1, "resume c --epochs 2", in: folder).status == 0)
    }
  }

  @Test("a model from standard input is read as far as there is memory")
  func standardInput() async throws {
    let outcome = try await shell(
      "head -c 300000000 /dev/zero | timeout --signal=KILL 60 prlimit --as=200000000 \"$nettrain\" --init-from -")
    #expect(outcome.status == 71)
    #expect(outcome.error.hasPrefix("nettrain: error: standard input: "), "\(outcome.error)")
    #expect(sizes(in: outcome.error) != nil)
  }

  @Test("a log whose values would take more memory than there is has a line that says so, and status 71")
  func log() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        #"""
        { printf '{"event":"start","values":[0'; head -c 20000000 /dev/zero | sed 's/\x00\x00/,0/g'; echo ']}'; } >a.jsonl
        timeout --signal=KILL 60 prlimit --as=300000000 "$nettrain" summarize a.jsonl
        """#, in: folder)
      #expect(outcome.status == 71)
      #expect(outcome.error.hasPrefix("nettrain: error: a.jsonl: "), "\(outcome.error)")
      #expect(sizes(in: outcome.error) != nil)
    }
  }

  @Test("images that a small file announces and holds are refused by their header")
  func images() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      // 150 MB of which no byte is 0, in less than 1 MB.
      let outcome = try await shell(
        #"""
        rm train-*
        pixels() { head -c $1 /dev/zero | tr '\0' '\1'; }
        { printf '\0\0\10\3\0\0\62\0\0\0\0\1\0\0\056\340'; pixels 153600000; } | gzip -1 > train-images-idx3-ubyte.gz
        { printf '\0\0\10\1\0\0\62\0'; pixels 12800; } > train-labels-idx1-ubyte
        { printf '\0\0\10\3\0\0\0\4\0\0\0\1\0\0\056\340'; pixels 48000; } > t10k-images-idx3-ubyte
        timeout --signal=KILL 60 prlimit --as=300000000 "$nettrain" --data . --limit 10
        """#, in: folder)
      #expect(outcome.status == 71)
      #expect(sizes(in: outcome.error)?.needed ?? 0 > 340, "\(outcome.error)")
    }
  }

  @Test("images of which the first are black and the others not are refused when there is no memory to go on")
  func laterImages() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      let outcome = try await shell(
        #"""
        rm train-*
        { printf '\0\0\10\3\0\0\62\0\0\0\0\1\0\0\056\340'
          head -c 12000000 /dev/zero; head -c 141600000 /dev/zero | tr '\0' '\1'
        } | gzip -1 > train-images-idx3-ubyte.gz
        { printf '\0\0\10\1\0\0\62\0'; head -c 12800 /dev/zero | tr '\0' '\2'; } > train-labels-idx1-ubyte
        { printf '\0\0\10\3\0\0\0\4\0\0\0\1\0\0\056\340'; head -c 48000 /dev/zero; } > t10k-images-idx3-ubyte
        timeout --signal=KILL 60 prlimit --as=300000000 "$nettrain" --data . --limit 10
        """#, in: folder)
      #expect(outcome.status == 71)
      #expect(outcome.error.contains("; use fewer or smaller images, or allow more memory"), "\(outcome.error)")
      #expect(outcome.error.contains("train-images-idx3-ubyte.gz: "), "\(outcome.error)")
    }
  }

  @Test("a model and a checkpoint of 2 GB, most of it a hole, are refused before they are read")
  func tensors() async throws {
    try await withTemporaryFolder { folder in
      let text = #"{"layers.0.weight":{"dtype":"F64","shape":[10,26214400],"data_offsets":[0,2097152000]}}"#
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: text.utf8.count >> (8 * $0)) } + text.utf8
      try Data(bytes).write(to: URL(filePath: folder + "/m"))
      #expect(try await shell("truncate --size=\(bytes.count + 2_097_152_000) m", in: folder).status == 0)
      for command in ["--init-from m", "resume m"] {
        let outcome = try await run(megabytes: 500, command, in: folder)
        #expect(outcome.status == 71)
        #expect(outcome.error.hasPrefix("nettrain: error: "))
        #expect(outcome.error.contains(" MB of memory are needed, and there are 499 MB; "), "\(outcome.error)")
      }
    }
  }
}
