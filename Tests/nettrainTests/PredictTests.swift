import Foundation
import TestSupport
import Testing

@Suite("Prediction by saved models") struct PredictTests {
  private let testImages = root + "/data/t10k-images-idx3-ubyte.gz"

  /// Runs `body` in a folder with a model of the bundled digits.
  private func withModel(_ options: [String] = [], _ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let briefly = ["--epochs", "2", "--limit", "600", "--hidden", "8", "--quiet", "--save", "m"]
      #expect(try await run(program, briefly + options, in: folder).status == 0)
      try await body(folder)
    }
  }

  /// The pixels of the bundled test images.
  private func pixels() async throws -> [UInt8] {
    try await withTemporaryFolder { folder in
      #expect(try await shell("gzip -dc '\(testImages)' > images", in: folder).status == 0)
      return Array(try contents(folder + "/images").dropFirst(16))
    }
  }

  private func pgm(_ pixels: some Collection<UInt8>, _ width: Int = 28, _ height: Int = 28) -> [UInt8] {
    Array("P5 \(width) \(height) 255\n".utf8) + pixels
  }

  @Test("images and pictures from a pipe that gives its first byte alone are known for what they are, gzipped or not")
  func slowPipe() async throws {
    try await withModel { folder in
      let picture = root + "/Tests/ImagesTests/Samples/grey.png"
      for file in ["cat '\(testImages)'", "gzip -dc '\(testImages)'", "cat '\(picture)'"] {
        let predict = #""$nettrain" predict m - --format csv"#
        let whole = try await shell("\(file) | \(predict)", in: folder)
        let slow = try await shell("\(file) | { head -c 1; sleep 0.2; cat; } | \(predict)", in: folder)
        #expect(slow.status == 0, "\(slow.error)")
        #expect(slow.output == whole.output)
      }
    }
  }

  @Test("as many images are read as what they are as evaluate counts, and each line has name, class and activation")
  func classes() async throws {
    try await withModel { folder in
      let text = try await nettrain("predict", "m", testImages, in: folder)
      #expect(text.status == 0 && text.error == "" && text.lines.count == 1000)
      let evaluation = try await nettrain("evaluate", "m", "--format", "json", in: folder).events()
      let labels = try await shell(
        "gzip -dc '\(root)/data/t10k-labels-idx1-ubyte.gz' | od -An -v -tu1 -w1 -j8", in: folder
      ).lines.map { $0.trimmingCharacters(in: .whitespaces) }
      let words = text.lines.map { $0.split(separator: " ").map(String.init) }
      #expect(zip(words, labels).count { $0[1] == $1 } == evaluation[0]["correct"] as? Int)
      #expect(words[7][0] == testImages + "#7" && words[7].count == 3)
      #expect(Set(text.lines.map(\.count)).count == 1, "the columns are aligned")
    }
  }

  @Test(
    "json and csv have all activations of the text, by the documented names, and so have images in plain and gzipped files and from standard input"
  )
  func forms() async throws {
    try await withModel { folder in
      #expect(try await shell("gzip -dc '\(testImages)' > 'a,b' && cp '\(testImages)' z", in: folder).status == 0)
      let json = try await nettrain("predict", "m", "a,b", "--format", "json", in: folder)
      let csv = try await nettrain("predict", "m", "a,b", "--format", "csv", in: folder)
      #expect(csv.lines[0] == "image,class,activation,a0,a1,a2,a3,a4,a5,a6,a7,a8,a9")
      for index in [0, 999] {
        let object = try json.events()[index]
        #expect(Set(object.keys) == ["image", "class", "activation", "activations"])
        #expect(object["image"] as? String == "a,b#\(index)")
        let activations = try #require(object["activations"] as? [Double])
        let (read, activation) = (try #require(object["class"] as? Int), try #require(object["activation"] as? Double))
        #expect(activation == activations.max() && activation == activations[read])
        let cells = csv.lines[index + 1].split(separator: ",")
        #expect(cells[0...1].joined(separator: ",") == "\"a,b#\(index)\"" && Int(cells[2]) == read)
        #expect(cells[3] == cells[4 + read])
        #expect(json.lines[index].contains("[\(cells[4...].joined(separator: ","))]"), "the same digits")
      }
      let gzipped = try await nettrain("predict", "m", "z", "--format", "json", in: folder)
      let piped = try await shell("cat z | $nettrain predict m - --format json", in: folder)
      #expect(gzipped.output.replacing("\"z#", with: "\"a,b#") == json.output)
      #expect(piped.output.replacing("\"-#", with: "\"a,b#") == json.output)
    }
  }

  @Test(
    "the outputs for an image do not depend on the images beside it, to the last bit",
    arguments: [[], ["--precision", "single"]])
  func chunks(options: [String]) async throws {
    try await withModel(options) { folder in
      let pixels = try await pixels()
      let all = try await nettrain("predict", "m", testImages, "--format", "json", in: folder).events()
      let places = [0, 191, 192, 700]
      for place in places { try makeFile("\(folder)/\(place)", pgm(pixels[place * 784..<(place + 1) * 784])) }
      let together = try await run(
        program, ["predict", "m", "--raw", "--format", "json"] + places.map { "\($0)" }, in: folder)
      for (place, object) in zip(places, try together.events()) {
        let alone = try await nettrain("predict", "m", "--raw", "--format", "json", "\(place)", in: folder).events()
        #expect(alone[0]["activations"] as? [Double] == all[place]["activations"] as? [Double])
        #expect(object["image"] as? String == "\(place)")
        #expect(object["activations"] as? [Double] == all[place]["activations"] as? [Double])
      }
    }
  }

  @Test("a drawing of any size is read as the digit that it shows, and --show draws what the model sees")
  func drawings() async throws {
    try await withModel(["--limit", "3000", "--epochs", "10", "--hidden", "30"]) { folder in
      let pixels = try await pixels()
      let original = try await nettrain("predict", "m", testImages, in: folder)
      var same = 0
      for place in 0..<40 {
        let digit = pixels[place * 784..<(place + 1) * 784]
        // Dark on grey paper, three times as large, in the lower right corner of a canvas of 120 × 100.
        var canvas = [UInt8](repeating: 220, count: 120 * 100)
        for (index, pixel) in digit.enumerated() {
          for y in 0..<3 {
            for x in 0..<3 { canvas[(index / 28 * 3 + y + 14) * 120 + index % 28 * 3 + x + 34] = 220 - pixel / 5 * 4 }
          }
        }
        try makeFile("\(folder)/\(place)", pgm(canvas, 120, 100))
      }
      let read = try await run(program, ["predict", "m"] + (0..<40).map { "\($0)" }, in: folder)
      for (one, other) in zip(read.lines, original.lines) {
        same += one.split(separator: " ")[1] == other.split(separator: " ")[1] ? 1 : 0
      }
      #expect(same >= 38, "of 40")
      let shown = try await nettrain("predict", "m", "0", "--show", "--top", "3", in: folder)
      #expect(shown.lines[0].split(separator: " ").count == 7, "the name and three classes with their activations")
      let drawing = shown.output.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().prefix(14)
      #expect(drawing.contains { $0.contains("█") } && drawing.allSatisfy { $0.count <= 28 })
    }
  }

  /// A bar in 4×4 pixels: in the third row, or in the third column.
  private func bar(inRow: Bool) -> [UInt8] {
    (0..<16).map { (inRow ? $0 / 4 == 2 && $0 % 4 > 0 : $0 % 4 == 2 && $0 / 4 > 0) ? 255 : 0 }
  }

  /// A model of data of some name: label 1 is a bar in a row and label 2 a bar in a column.
  private func withModelOfBars(named set: String, _ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      var data = SmallData()
      let (row, column) = (bar(inRow: true), bar(inRow: false))
      data.files["train-images-idx3-ubyte"] = idx([12, 4, 4], (0..<12).flatMap { $0 % 2 == 0 ? row : column })
      data.files["train-labels-idx1-ubyte"] = idx([12], (0..<12).map { UInt8($0 % 2 + 1) })
      data.files["t10k-images-idx3-ubyte"] = idx([2, 4, 4], row + column)
      data.files["t10k-labels-idx1-ubyte"] = idx([2], [1, 2])
      try data.named(set).write(to: folder)
      let options = [
        "--data", set, "--hidden", "none", "--epochs", "30", "--quiet", "--batch-size", "2", "--save", "m",
      ]
      #expect(try await run(program, options, in: folder).status == 0)
      try await body(folder)
    }
  }

  @Test("the class is the label of the data; a drawing is laid on its side for a model of EMNIST, and shown standing")
  func labelsAndSides() async throws {
    for set in ["letters", "emnist-letters"] {
      try await withModelOfBars(named: set) { folder in
        func label(_ line: String) -> Substring { line.split(separator: " ")[1] }
        let images = try await nettrain("predict", "m", "\(set)-test-images-idx3-ubyte.gz", in: folder)
        #expect(images.lines.map(label) == ["1", "2"])
        try makeFile(folder + "/row", pgm(bar(inRow: true), 4, 4))
        let raw = try await nettrain("predict", "m", "row", "--raw", "--show", in: folder)
        #expect(label(raw.lines[0]) == "1", "--raw takes the image as it is")
        #expect(raw.lines[1...] == (set == "letters" ? [" ▀▀▀"] : ["  ▄", "  █"]))
        let drawing = (0..<40 * 40).map { (10..<14).contains($0 / 40) && (4..<36).contains($0 % 40) ? UInt8(0) : 255 }
        try makeFile(folder + "/drawing", pgm(drawing, 40, 40))
        let drawn = try await nettrain("predict", "m", "drawing", "--show", in: folder)
        #expect(label(drawn.lines[0]) == (set == "letters" ? "1" : "2"))
        #expect(drawn.lines[1...] == [" ▀▀▀"])
      }
    }
  }

  @Test("a million images take as much memory as a thousand, plain, gzipped and from standard input")
  func memory() async throws {
    try await withModelOfBars(named: "small") { folder in
      func make(_ count: Int, _ name: String) throws {
        try makeFile("\(folder)/\(name)", idx([count, 4, 4], [UInt8](repeating: 77, count: 16 * count)))
      }
      try make(1000, "few")
      try make(1_000_000, "many")
      #expect(try await shell("gzip -k few many", in: folder).status == 0)
      func kilobytes(_ name: String, _ command: String) async throws -> Int {
        let outcome = try await shell(
          "\(command.replacing("FILE", with: name)) > out && wc -l < out", in: folder)
        #expect(outcome.output.contains(name.hasPrefix("few") ? "1000" : "1000000"))
        return try #require(Int(outcome.error.trimmingCharacters(in: .whitespacesAndNewlines)), "\(outcome.error)")
      }
      let measured = "/usr/bin/time --format %M $nettrain predict m"
      for (suffix, command) in [
        ("", "\(measured) FILE"), (".gz", "\(measured) FILE"), (".gz", "cat FILE | \(measured) -"),
      ] {
        let (few, many) = (try await kilobytes("few" + suffix, command), try await kilobytes("many" + suffix, command))
        #expect(many - few <= 5 * 1024, "\(command): \(few) and \(many) KiB")
      }
    }
  }
}
