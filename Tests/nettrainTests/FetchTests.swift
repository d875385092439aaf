import Foundation
import TestSupport
import Testing

/// `scripts/fetch-mnist` against a web server on this machine.
@Suite("Fetching MNIST") struct FetchTests {
  /// Serves `$site` while `command` runs, in which `$mirror` is the server's address and `$fetch` the script.
  private func fetch(_ command: String, in folder: String) async throws -> Outcome {
    try await run(
      "bash",
      [
        "-c",
        """
        python3 -u -m http.server 0 --bind 127.0.0.1 --directory "$site" > server.log 2>&1 &
        trap 'kill $!' EXIT
        until port=$(grep -so 'port [0-9]*' server.log); do sleep 0.05; done
        mirror=http://127.0.0.1:${port#port }
        \(command)
        """,
      ], environment: ["site": folder + "/site", "fetch": root + "/scripts/fetch-mnist"], in: folder)
  }

  private func withSite(_ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/site", withIntermediateDirectories: false)
      try await body(folder)
    }
  }

  @Test("what no mirror has is an error that leaves nothing behind")
  func missing() async throws {
    try await withSite { folder in
      let outcome = try await fetch(#""$fetch" mnist --mirror "$mirror""#, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.error.contains("no mirror delivers train-images-idx3-ubyte.gz; try later, or name another"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/mnist") == [])
    }
  }

  @Test("a page, a cut file and other digits in MNIST's place are refused and leave nothing behind")
  func wrong() async throws {
    for content in [
      "echo '<html>Not found</html>'", "head -c 1000 '\(root)/data/train-images-idx3-ubyte.gz'",
      "cat '\(root)/data/train-images-idx3-ubyte.gz'",
    ] {
      try await withSite { folder in
        let outcome = try await fetch(
          #"\#(content) > site/train-images-idx3-ubyte.gz; "$fetch" mnist --mirror "$mirror""#, in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("is not MNIST's"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/mnist") == [])
      }
    }
  }

  @Test(
    "a file with MNIST's contents and a fault of its own is refused",
    .enabled(if: fullMNIST != nil, "NETTRAIN_MNIST does not name a folder with the full MNIST"))
  func damaged() async throws {
    let mnist = try #require(fullMNIST)
    let file = "site/train-images-idx3-ubyte.gz"
    for damage in ["truncate --size=-4 \(file)", "echo more >> \(file)"] {
      try await withSite { folder in
        let outcome = try await fetch(
          "cp '\(mnist)/train-images-idx3-ubyte.gz' site; chmod u+w \(file); \(damage); \"$fetch\" mnist --mirror \"$mirror\"",
          in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("is not MNIST's: it is damaged or another file"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/mnist") == [])
      }
    }
  }

  @Test(
    "the next mirror is tried on failure, copies compressed anew are right, and what is there is not fetched again",
    .enabled(if: fullMNIST != nil, "NETTRAIN_MNIST does not name a folder with the full MNIST"))
  func complete() async throws {
    let mnist = try #require(fullMNIST)
    try await withSite { folder in
      let outcome = try await fetch(
        """
        for file in '\(mnist)'/*; do gunzip -c "$file" | gzip -1 > site/"$(basename "$file")"; done
        "$fetch" mnist --mirror "$mirror/nothing" --mirror "$mirror/"
        """, in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.output == "MNIST is in mnist: nettrain --data mnist\n")
      #expect(outcome.error.contains("/nothing does not deliver train-images-idx3-ubyte.gz"))
      let run = try await nettrain("--data", "mnist", "--epochs", "0", in: folder)
      #expect(run.output.contains("50,000 to train, 10,000 to validate, 10,000 to test"))
      let again = try await fetch(#""$fetch" mnist --mirror "$mirror/nothing""#, in: folder)
      #expect(again.status == 0)
      #expect(again.error == "")
    }
  }

  @Test("wrong usage says what is right")
  func usage() async throws {
    for arguments in [["--mirror"], ["--unknown"], ["a", "b"]] {
      let outcome = try await run(root + "/scripts/fetch-mnist", arguments, in: "/tmp")
      #expect(outcome.status == 64)
      #expect(outcome.error.hasPrefix("fetch-mnist: "))
    }
  }
}
