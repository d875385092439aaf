import Foundation
import TestSupport
import Testing

@Suite("Bad input of predict") struct PredictFaultTests {
  /// Runs `body` in a folder with a model `m` of images of 2×3 pixels, which are no square, and a model `square` of 4×4.
  private func withModels(_ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      for (model, rows, columns) in [("m", 2, 3), ("square", 4, 4)] {
        var data = SmallData()
        let count = rows * columns
        data.files["train-images-idx3-ubyte"] = idx([12, rows, columns], (0..<12 * count).map { UInt8($0 % 251) })
        data.files["t10k-images-idx3-ubyte"] = idx([4, rows, columns], (0..<4 * count).map { UInt8($0 % 251) })
        try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
        try data.write(to: folder + "/data")
        let options = ["--data", "data", "--epochs", "1", "--batch-size", "3", "--quiet", "--save", model]
        #expect(try await run(program, options, in: folder).status == 0)
      }
      try makeFile(folder + "/images", idx([2, 2, 3], Array(0..<12)))
      try makeFile(folder + "/squares", idx([1, 4, 4], Array(0..<16)))
      try makeFile(folder + "/raw.pgm", Array("P5 3 2 255\n".utf8) + (0..<6))
      try makeFile(folder + "/blank.pgm", Array("P5 8 8 255\n".utf8) + [UInt8](repeating: 200, count: 64))
      try makeFile(folder + "/cut", idx([3, 4, 4], Array(0..<40)))
      try makeFile(folder + "/more", idx([1, 4, 4], Array(0..<17)))
      try makeFile(folder + "/cut.gz", Array(gzip(idx([3, 4, 4], Array(0..<48))).dropLast(9)))
      try makeFile(folder + "/labels", idx([2], [0, 1]))
      try makeFile(folder + "/huge", idx([0xFFFF_FFFF, 4, 4], []))
      try makeFile(folder + "/empty", [])
      try makeFile(folder + "/photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16])
      try makeFile(folder + "/photo.heic", [0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0])
      try makeFile(folder + "/text", Array("some text".utf8))
      try makeFile(folder + "/cut.png", [0x89] + Array("PNG\r\n".utf8) + [0x1A, 0x0A, 0, 0, 0, 13])
      try makeFile(folder + "/wide.pgm", Array("P5 99999 99999 255\n".utf8))
      try FileManager.default.createDirectory(atPath: folder + "/folder", withIntermediateDirectories: true)
      try await body(folder)
    }
  }

  private static let badFiles: [(name: String, status: Int, words: String)] = [
    ("missing", 66, "no such file"), ("folder", 66, "regular file"), ("empty", 65, "empty"),
    ("cut", 65, "only 40 are there"),
    ("more", 65, "more bytes follow"), ("cut.gz", 65, "cut off"), ("labels", 65, "labels, not images"),
    ("huge", 65, "only 0 are there"), ("images", 65, "takes in 16 pixels, and here an image has 2×3"),
    ("photo.jpg", 65, "JPEG"), ("photo.heic", 65, "HEIC"), ("text", 65, "PNG, PGM or IDX"),
    ("cut.png", 65, "ends before"),
    ("wide.pgm", 65, "million are read"), ("blank.pgm", 65, "nothing stands out"),
  ]

  @Test("a file that is bad is told in one line, with its status")
  func single() async throws {
    try await withModels { folder in
      for (name, status, words) in Self.badFiles {
        let outcome = try await nettrain("predict", "square", name, in: folder)
        #expect(outcome.status == status, "\(name): \(outcome.error)")
        #expect(outcome.error.contains("\(name): ") && outcome.error.contains(words), "\(name): \(outcome.error)")
        #expect(outcome.error.split(separator: "\n").count == 1 && outcome.error.hasPrefix("nettrain: error: "))
      }
      let cut = try await nettrain("predict", "square", "cut", in: folder)
      #expect(cut.lines.count == 2, "the whole images before the end are answered")
    }
  }

  @Test("of a list the good files are answered and the bad ones named, and the status is 1")
  func list() async throws {
    try await withModels { folder in
      let names = Self.badFiles.flatMap { [$0.name, "squares"] }
      let outcome = try await run(program, ["predict", "square"] + names, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.lines.count { $0.hasPrefix("squares#0") } == Self.badFiles.count)
      let errors = outcome.error.split(separator: "\n")
      #expect(errors.count == Self.badFiles.count && errors.allSatisfy { $0.hasPrefix("nettrain: error: ") })
      for (error, (name, _, words)) in zip(errors, Self.badFiles) {
        #expect(error.contains("\(name): ") && error.contains(words))
      }
    }
  }

  @Test("a model whose inputs are no square takes in IDX images and raw pictures, and tells that of others")
  func noSquare() async throws {
    try await withModels { folder in
      let good = try await nettrain("predict", "m", "images", in: folder)
      #expect(good.status == 0 && good.lines.count == 2)
      #expect(try await nettrain("predict", "m", "raw.pgm", "--raw", in: folder).status == 0)
      let prepared = try await nettrain("predict", "m", "raw.pgm", in: folder)
      #expect(prepared.status == 65 && prepared.error.contains("6 pixels, which are no square"))
      let other = try await nettrain("predict", "square", "raw.pgm", "--raw", in: folder)
      #expect(other.status == 65 && other.error.contains("takes in 16 pixels, and here an image has 2×3"))
    }
  }

  @Test("standard input that ends early is told after the images before its end, and a model may come from it instead")
  func standardInput() async throws {
    try await withModels { folder in
      let cut = try await shell(
        "head -c 40 squares | cat - squares | head -c 40 | $nettrain predict square -", in: folder)
      #expect(cut.status == 65 && cut.error.contains("standard input: "))
      let empty = try await shell("$nettrain predict square - < /dev/null", in: folder)
      #expect(empty.status == 65 && empty.error.contains("standard input: the file is empty"))
      let drawing = try await shell("$nettrain predict m - --raw < raw.pgm", in: folder)
      #expect(drawing.status == 0 && drawing.lines[0].hasPrefix("- "))
      #expect(try await shell("$nettrain predict - squares < square", in: folder).status == 0)
      for words in ["- -", "m - images -"] {
        let twice = try await shell("$nettrain predict \(words) < square", in: folder)
        #expect(twice.status == 64 && twice.error.contains("standard input is read once"), "\(twice.error)")
      }
    }
  }

  @Test("options that do not go together, and missing arguments, are wrong usage")
  func usage() async throws {
    try await withModels { folder in
      for options in [["--format", "json", "--show"], ["--format", "csv", "--top", "2"], ["--top", "0"]] {
        let outcome = try await run(program, ["predict", "m", "images"] + options, in: folder)
        #expect(outcome.status == 64 && outcome.error.contains("--"), "\(options): \(outcome.error)")
      }
      #expect(try await nettrain("predict", "m", in: folder).status == 64)
      #expect(try await nettrain("predict", "images", "images", in: folder).status == 65)
      #expect(try await nettrain("predict", "missing", "images", in: folder).status == 66)
    }
  }

  @Test("a reader that closes the pipe ends the program quietly")
  func closedPipe() async throws {
    try await withModels { folder in
      try makeFile(folder + "/many", idx([100_000, 4, 4], [UInt8](repeating: 9, count: 1_600_000)))
      let outcome = try await shell(
        "$nettrain predict square many | head -n 1; echo ${PIPESTATUS[0]}", in: folder)
      #expect(outcome.lines.count == 2 && outcome.lines.last == "141" && outcome.error == "")
    }
  }

  @Test("names with control characters do nothing to a terminal, and CSV and JSON carry them whole")
  func names() async throws {
    try await withModels { folder in
      let name = "a\u{1B}[31m\n\"b"
      try makeFile("\(folder)/\(name)", idx([1, 4, 4], Array(0..<16)))
      let text = try await nettrain("predict", "square", name, in: folder)
      #expect(text.status == 0 && text.lines.count == 1 && !text.output.contains("\u{1B}"))
      let json = try await nettrain("predict", "square", name, "--format", "json", in: folder)
      #expect(try json.events()[0]["image"] as? String == name + "#0")
      let csv = try await nettrain("predict", "square", name, "--format", "csv", in: folder)
      #expect(csv.output.contains("\"a\u{1B}[31m\n\"\"b#0\","))
      let missing = try await nettrain("predict", "square", name + "x", in: folder)
      #expect(missing.error.split(separator: "\n").count == 1 && !missing.error.contains("\u{1B}"))
    }
  }

  @Test("too little memory is told before the work, for the model and for a picture")
  func memory() async throws {
    try await withModels { folder in
      let pixels = [UInt8](repeating: 255, count: 30_000_000)
      try makeFile(folder + "/large.pgm", Array("P5 6000 5000 255\n".utf8) + pixels)
      let outcome = try await shell("ulimit -v 100000; $nettrain predict square large.pgm squares", in: folder)
      #expect([1, 71].contains(outcome.status) && outcome.error.contains("memory are needed"), "\(outcome.error)")
      #expect(outcome.error.split(separator: "\n").count == 1)
    }
  }
}
