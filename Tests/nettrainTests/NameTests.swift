import Foundation
import TestSupport
import Testing

/// Whether a process may have a /proc of its own here.
private let canHideProc = succeeds("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/proc")

@Suite("Names and arguments") struct NameTests {
  private let options = "--epochs 1 --limit 300 --hidden 3 --quiet"

  /// A folder of digits in Latin-1 beside which the files of a run have such names.
  private func withLatinNames(_ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      _ = try await shell("mkdir $'lat\\xe9in' && cp '\(root)'/data/*.gz $'lat\\xe9in'", in: folder)
      try await body(folder)
    }
  }

  /// The names in a folder, with octal numbers for bytes that are not ASCII.
  private func entries(of folder: String) async throws -> [String] {
    try await shell("LC_ALL=C ls -A --quoting-style=escape", in: folder).lines
  }

  @Test("a folder, models, a checkpoint and a log whose names are not UTF-8 are those of these bytes")
  func latin1() async throws {
    try await withLatinNames { folder in
      let files = #"--save $'m\xe9' --save-best $'b\xe9' --checkpoint $'c\xe9' --log $'l\xe9.jsonl'"#
      let trained = try await shell("\"$nettrain\" --data $'lat\\xe9in' \(options) \(files)", in: folder)
      #expect(trained.status == 0, "\(trained.error)")
      #expect(try #require(trained.lines.first).hasPrefix(#"data      lat\xE9in: images of 28×28 pixels"#))
      #expect(try await entries(of: folder) == [#"b\351"#, #"c\351"#, #"lat\351in"#, #"l\351.jsonl"#, #"m\351"#])
      let log = try await shell("cat $'l\\xe9.jsonl'", in: folder).events()
      #expect((try #require(log.first)["data"] as? [String: Any])?["directory"] as? String == #"lat\xE9in"#)

      let resumed = try await shell("\"$nettrain\" resume $'c\\xe9' --epochs 2 --log $'l\\xe9.jsonl'", in: folder)
      #expect(resumed.status == 0, "\(resumed.error)")
      #expect(resumed.error.hasPrefix(#"nettrain: note: resuming after epoch 1 of c\xE9"# + "\n"))
      #expect(try await shell("cat $'l\\xe9.jsonl'", in: folder).events().count == 4)
      #expect(try await shell("\"$nettrain\" --init-from $'m\\xe9' --epochs 0", in: folder).status == 0)
      let replaced = try await shell("NETTRAIN_DATA=$'lat\\xe9in' \"$nettrain\" --epochs 0 --quiet", in: folder)
      #expect(try #require(replaced.lines.first).hasPrefix(#"data      lat\xE9in: "#))
      let verified = try await shell("\"$nettrain\" verify --data $'lat\\xe9in' --format json | head -n 1", in: folder)
      #expect(try #require(verified.events().first)["data"] as? String == #"lat\xE9in"#)
    }
  }

  @Test("a run in a folder whose name is not UTF-8 is resumed from another folder")
  func workingFolder() async throws {
    try await withLatinNames { folder in
      let outcome = try await shell(
        "cd $'lat\\xe9in' && \"$nettrain\" --data . \(options) --checkpoint c && cd .. && "
          + "\"$nettrain\" resume $'lat\\xe9in/c' --epochs 2 --quiet",
        in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
    }
  }

  @Test("names that differ in the composition of a character are two files")
  func composition() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        "\"$nettrain\" \(options) --save $'\\xc3\\xa9' --log $'e\\xcc\\x81'", in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(try await entries(of: folder) == [#"e\314\201"#, #"\303\251"#])
    }
  }

  @Test("a ~ in a name is a character like others, in train and in resume")
  func tilde() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/~root", withIntermediateDirectories: false)
      let log = #"--log '~root/x.jsonl'"#
      #expect(try await shell("\"$nettrain\" \(options) --checkpoint '~root/c' \(log)", in: folder).status == 0)
      #expect(try await shell("\"$nettrain\" resume '~root/c' --epochs 2 \(log)", in: folder).status == 0)
      #expect(try names(in: folder + "/~root") == ["c", "x.jsonl"])
    }
  }

  @Test("arguments arrive and the bundled digits are found without /proc", .enabled(if: canHideProc))
  func noProc() async throws {
    let outcome = try await shell(
      #"unshare --mount sh -c 'mount -t tmpfs none /proc && "$nettrain" --epochs 0 --format json --seed 5'"#)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(try #require(outcome.events().first)["seed"] as? Int == 5)
    try await withTemporaryFolder { prefix in
      let installed = try await shell(
        """
        mkdir -p bin share/nettrain && cp -r '\(root)/data' share/nettrain && ln "$nettrain" bin || cp "$nettrain" bin
        ln -s bin/nettrain link
        unshare --mount sh -c 'mount -t tmpfs none /proc && ./link --epochs 0 --format json'
        """, in: prefix)
      let data = try #require(installed.events().first)["data"] as? [String: Any]
      #expect(data?["directory"] as? String == prefix + "/share/nettrain/data")
    }
  }

  @Test(
    "gnuplot, which cannot be started without /proc, is not started",
    .enabled(if: canHideProc && isInstalled("gnuplot"), "gnuplot is not installed, or /proc cannot be hidden"))
  func picturesWithoutProc() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        "$nettrain" \(options) --save m > output
        unshare --mount sh -c 'mount -t tmpfs none /proc && "$nettrain" evaluate m --quiet --picture p.svg'
        """, in: folder)
      #expect(outcome.status == 69)
      #expect(
        outcome.error
          == "nettrain: error: --picture: gnuplot cannot be started without /proc; mount it, or leave it out\n")
    }
  }

  @Test("a file that another one is mounted on is refused before training", .enabled(if: canHideProc))
  func mountedFile() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await shell(
        """
        touch m other
        unshare --mount sh -c 'mount --bind other m && "$nettrain" \(options) --save m'
        """, in: folder)
      #expect(outcome.status == 73 && outcome.output == "")
      #expect(outcome.error.hasPrefix("nettrain: error: m: cannot be created (Device or resource busy)"))
    }
  }

  @Test("the folder of a comparison whose name is not UTF-8 is that of these bytes, and is made with those above it")
  func comparisonFolder() async throws {
    try await withTemporaryFolder { folder in
      let compare = "compare --pair softmax:cross-entropy --seeds 1 \(options)"
      let outcome = try await shell(
        "\"$nettrain\" \(compare) --out=$'a\\xff/b\\xff' && ls $'a\\xff/b\\xff'", in: folder)
      #expect(outcome.status == 0 && outcome.output.hasSuffix(".jsonl\n"), "\(outcome.error)")
      #expect(try await entries(of: folder) == [#"a\377"#])
      let refused = try await shell("touch file; \"$nettrain\" \(compare) --out file/d", in: folder)
      #expect(refused.status == 73)
      #expect(
        refused.error
          == "nettrain: error: --out file/d: cannot be created (Not a directory); a part of the name is a file, so check it\n"
      )
    }
  }

  @Test("a name reaches a person in one short line, without what controls a terminal")
  func messages() async throws {
    let long = "a" + String(repeating: "\u{301}", count: 50_000)
    for name in [long, "a\nb", "c\u{1B}[31md", "\u{202E}gpj", "\u{2028}"] {
      for arguments in [
        ["--data", name], ["--data", "/nowhere/" + name], ["--init-from", name], ["--save", "/nowhere/" + name],
        ["--log", "/nowhere/" + name], ["--checkpoint", "/nowhere/" + name], ["resume", name],
        ["verify", "--data", name],
        ["slowdown", "--data", name], ["--seed", name], ["--cost", name], ["--" + name], [name],
        ["--resume", name], ["verify", "--claim", name],
      ] {
        let outcome = try await run(program, arguments)
        #expect([64, 66, 73].contains(outcome.status), "\(arguments[0])")
        #expect(outcome.error.utf8.count < 650, "\(arguments[0])")
        #expect(outcome.error.count { $0 == "\n" } == 1)
        let isHarmless = outcome.error.dropLast().unicodeScalars.allSatisfy {
          ![.control, .format, .lineSeparator].contains($0.properties.generalCategory)
        }
        #expect(isHarmless, "\(outcome.error)")
      }
    }
    let outcome = try await run(program, ["--init-from", long])
    #expect(outcome.error.hasSuffix("(File name too long); use a shorter name\n"))
  }

  @Test("the report shows the name of a folder as an error does", arguments: ["a\nb", "c\u{1B}[31md", "\u{202E}e"])
  func report(name: String) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.copyItem(atPath: root + "/data", toPath: "\(folder)/\(name)")
      let trained = try await nettrain("--data", name, "--epochs", "0", "--quiet", in: folder)
      let verified = try await nettrain("verify", "--data", name, "--hidden", "none", in: folder)
      for outcome in [trained, verified] {
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(
          outcome.lines.allSatisfy { line in
            line.unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) }
          })
      }
      let escaped = name.unicodeScalars.map { $0.isASCII && $0 >= " " ? String($0) : $0.escaped(asASCII: true) }
        .joined()
      #expect(try #require(trained.lines.first).hasPrefix("data      \(escaped): images"))
      #expect(try #require(verified.lines.first).contains(" and \(escaped)"))
    }
  }
}
