import Foundation
import Safetensors
import TestSupport
import Testing

@Suite("nettrain page") struct PageTests {
  /// Makes a folder with the model `model` of 4×4 pixels and 3 classes.
  private func withModel(_ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try makeFile(folder + "/model", model(inputs: 16))
      try await body(folder)
    }
  }

  /// The file of a model with 3 outputs and a hidden layer of 2 neurons.
  private func model(inputs: Int, metadata: [String: String] = ["output_activation": "sigmoid", "cost": "quadratic"])
    -> [UInt8]
  {
    func numbers(_ count: Int) -> [Double] { (0..<count).map { 0.25 * Double($0 % 7) - 0.5 } }
    let tensors = [
      "layers.0.weight": Tensor(numbers(2 * inputs), shape: [2, inputs]),
      "layers.0.bias": Tensor(numbers(2), shape: [2]), "layers.1.weight": Tensor(numbers(6), shape: [3, 2]),
      "layers.1.bias": Tensor(numbers(3), shape: [3]),
    ]
    return Safetensors(tensors: tensors, metadata: metadata).encoded()
  }

  private func text(_ path: String) throws -> String { String(decoding: try contents(path), as: UTF8.self) }

  /// The data of a page: title and models.
  private func data(of page: String) throws -> [String: Any] {
    let match = try #require(page.firstMatch(of: /<script type="application\/json" id="models">([^<]*)<\/script>/))
    let object = try JSONSerialization.jsonObject(with: Data(match.1.utf8))
    return try #require(object as? [String: Any])
  }

  @Test("a page is one file that loads nothing, and says nothing when it is written")
  func selfContained() async throws {
    try await withModel { folder in
      let outcome = try await nettrain("page", "model", "page.html", in: folder)
      #expect(outcome.status == 0 && outcome.output == "" && outcome.error == "")
      #expect(try names(in: folder) == ["model", "page.html"])
      let page = try text(folder + "/page.html")
      #expect(page.hasPrefix("<!DOCTYPE html>\n"))
      #expect(page.hasSuffix("</html>\n"))
      let policy = try #require(page.firstMatch(of: /http-equiv="Content-Security-Policy" content="([^"]*)"/))
      #expect(policy.1.hasPrefix("default-src 'none'; img-src data:; "))
      #expect(page.firstMatch(of: /@\w+@/) == nil, "every part has been put in")
      for word in ["://", "src=", "url(", "import", "fetch(", "XMLHttpRequest", "eval(", "innerHTML"] {
        #expect(!page.contains(word), "\(word)")
      }
      #expect(page.matches(of: /href=/).count == 1 && page.contains(#"<link rel="icon" href="data:,">"#))
      #expect(page.matches(of: /<script/).count == 2 && page.matches(of: /<\/script/).count == 2)
    }
  }

  @Test("a page holds the numbers of its models in their own precision, and what is needed to use them")
  func numbers() async throws {
    try await withTemporaryFolder { folder in
      let training = "--epochs 1 --output softmax --softmax-scale 2 --hidden 20,30 --precision single --save model"
      #expect(try await shell("\"$nettrain\" --quiet \(training)", in: folder).status == 0)
      #expect(try await nettrain("page", "--title", "Digits", "model", "page.html", in: folder).status == 0)
      let data = try data(of: text(folder + "/page.html"))
      #expect(data["title"] as? String == "Digits")
      let models = try #require(data["models"] as? [[String: Any]])
      try #require(models.count == 1)
      #expect(models[0]["name"] as? String == "model")
      #expect(
        models[0]["description"] as? String
          == "layers [784, 20, 30, 10], softmax of 2·z outputs, cross-entropy cost, single precision")
      #expect(models[0]["side"] as? Int == 28 && models[0]["softmaxScale"] as? Double == 2)
      #expect(models[0]["activation"] as? String == "sigmoid" && models[0]["output"] as? String == "softmax")
      #expect(models[0]["labels"] as? [String] == (0...9).map { "\($0)" })
      let layers = try #require(models[0]["layers"] as? [[String: Any]])
      #expect(layers.map { $0["neurons"] as? Int } == [20, 30, 10])
      let file = try Safetensors(readingFrom: folder + "/model")
      for (index, layer) in layers.enumerated() {
        for (key, name) in [("weights", "weight"), ("biases", "bias")] {
          let numbers = try #require(layer[key] as? [String: String])
          #expect(numbers["type"] == "F32")
          let bytes = Data(base64Encoded: numbers["base64"] ?? "").map(Array.init)
          #expect(bytes == file.tensors["layers.\(index).\(name)"]?.bytes)
        }
      }
    }
  }

  @Test("names and titles stay text, whatever is in them")
  func escaping() async throws {
    try await withModel { folder in
      let name = "</script><script>alert(1)<!--\"'&\u{2028}\u{1B}[31m.st"
      try FileManager.default.moveItem(atPath: folder + "/model", toPath: "\(folder)/\(name.replacing("/", with: "∕"))")
      let title = "<script>a</script>\"'&amp;\u{2028}\u{7}\n]]>"
      let model = name.replacing("/", with: "∕")
      #expect(try await nettrain("page", "--title", title, "--", model, "page.html", in: folder).status == 0)
      let page = try text(folder + "/page.html")
      #expect(page.matches(of: /<script/).count == 2 && page.matches(of: /<\/script/).count == 2)
      #expect(!page.contains("<!--") && !page.contains("\u{2028}") && !page.contains("\u{1B}"))
      let data = try data(of: page)
      #expect(data["title"] as? String == #"<script>a</script>"'&amp;\u{2028}\u{07}\n]]>"#)
      let models = try #require(data["models"] as? [[String: Any]])
      #expect(models[0]["name"] as? String == #"<∕script><script>alert(1)<!--"'&\u{2028}\u{1B}[31m.st"#)
    }
  }

  @Test("two models stand in the order of the command line; names that are equal have their folders")
  func twoModels() async throws {
    try await withModel { folder in
      try FileManager.default.createDirectory(atPath: folder + "/other", withIntermediateDirectories: false)
      try makeFile(folder + "/other/model", model(inputs: 9))
      func names(_ arguments: String...) async throws -> [String?] {
        let outcome = try await run(program, ["page"] + arguments + ["page.html"], in: folder)
        #expect(outcome.status == 0, "\(outcome.error)")
        let models = try #require(try data(of: text(folder + "/page.html"))["models"] as? [[String: Any]])
        return models.map { $0["name"] as? String }
      }
      #expect(try await names("other/model", "model") == ["other/model", "model"])
      try makeFile(folder + "/other/second", model(inputs: 9))
      #expect(try await names("other/second", "model") == ["second", "model"])
    }
  }

  @Test("a model that does not tell its output layer is taken for one of softmax, with a note")
  func unnamedOutput() async throws {
    try await withTemporaryFolder { folder in
      try makeFile(folder + "/model", model(inputs: 16, metadata: [:]))
      let outcome = try await nettrain("page", "model", "page.html", in: folder)
      #expect(outcome.status == 0)
      #expect(outcome.error == "nettrain: note: model does not tell its output layer; softmax is taken\n")
      let models = try #require(try data(of: text(folder + "/page.html"))["models"] as? [[String: Any]])
      #expect(models[0]["output"] as? String == "softmax")
      #expect(models[0]["description"] as? String == "layers [16, 2, 3], softmax outputs, double precision")
    }
  }

  @Test("- is standard input for a model and standard output for the page")
  func standardStreams() async throws {
    try await withModel { folder in
      #expect(try await nettrain("page", "model", "page.html", in: folder).status == 0)
      let page = try text(folder + "/page.html")
      #expect(try await nettrain("page", "model", "-", in: folder).output == page)
      let outcome = try await shell(#"cat model | "$nettrain" page - model -"#, in: folder)
      let models = try #require(try data(of: outcome.output)["models"] as? [[String: Any]])
      #expect(models.map { $0["name"] as? String } == ["standard input", "model"])
      let full = try await shell(#""$nettrain" page model - > /dev/full"#, in: folder)
      #expect(full.status == 74 && full.error.hasPrefix("nettrain: error: standard output: writing failed"))
      let empty = try await shell(#""$nettrain" page - page.html < /dev/null"#, in: folder)
      #expect(empty.status == 65 && empty.error.hasPrefix("nettrain: error: standard input: "))
      #expect(try text(folder + "/page.html") == page, "a failed run leaves the page as it was")
    }
  }

  @Test("a page replaces an older page, and another file with --force alone")
  func formerFiles() async throws {
    try await withModel { folder in
      let path = folder + "/page.html"
      for former in ["", "<!DOCTYPE html>\n<p>mine</p>" + String(repeating: " ", count: 1000), "short"] {
        try makeFile(path, Array(former.utf8))
        let outcome = try await nettrain("page", "model", "page.html", in: folder)
        #expect(outcome.status == (former.isEmpty ? 0 : 73))
        guard !former.isEmpty else { continue }
        #expect(
          outcome.error
            == "nettrain: error: page.html: this file is not a page that nettrain wrote; choose another name, "
            + "or replace it with --force\n")
        #expect(try text(path) == former)
        #expect(try await nettrain("page", "--force", "model", "page.html", in: folder).status == 0)
      }
      try makeFile(path, Array(try text(path).replacing("nettrain 0.2.0", with: "nettrain 0.1.9").utf8))
      #expect(try await nettrain("page", "model", "page.html", in: folder).status == 0)
    }
  }

  @Test("what cannot be a page is refused in one line, and nothing is written")
  func faults() async throws {
    try await withModel { folder in
      try makeFile(folder + "/flat", model(inputs: 12))
      try makeFile(folder + "/damaged", Array(model(inputs: 16).dropLast()))
      try FileManager.default.createSymbolicLink(atPath: folder + "/link.html", withDestinationPath: "model")
      try FileManager.default.createDirectory(atPath: folder + "/folder.html", withIntermediateDirectories: false)
      let before = try names(in: folder)
      let faults: [(arguments: String, status: Int, start: String)] = [
        ("", 64, "Missing expected argument '<file> ...'"), ("model", 64, "give one or two models and then the page"),
        ("model model model page.html", 64, "give one or two models and then the page"),
        ("- - page.html", 64, "standard input holds one model"), ("page.html model", 64, "the page comes last"),
        ("'' page.html", 64, "The value '' is invalid"),
        ("nothing page.html", 66, "nothing: there is no such file"),
        ("damaged page.html", 65, "damaged: "),
        ("flat page.html", 65, "flat: the model takes in 12 pixels, which make no square image; use a model that"),
        (
          "model link.html --force", 73,
          "link.html: the command needs this file for something else; choose another name"
        ),
        ("model folder.html", 73, "folder.html: this is a folder; give the name of a file"),
        ("model nowhere/page.html", 73, "nowhere/page.html: cannot be created"),
        ("model out.html > out.html", 73, "out.html: standard output is this file already"),
      ]
      for fault in faults {
        let command = "\"$nettrain\" page \(fault.arguments); status=$?; rm -f out.html; exit $status"
        let outcome = try await shell(command, in: folder)
        #expect(outcome.status == fault.status, "\(fault.arguments): \(outcome.error)")
        #expect(outcome.error.hasPrefix("nettrain: error: \(fault.start)"), "\(outcome.error)")
        #expect(outcome.output == "" && outcome.error.split(separator: "\n").count == 1)
        #expect(try names(in: folder) == before)
      }
    }
  }

  @Test("a page is written with the memory that the command says it needs", arguments: ["page.html", "-"])
  func memory(page: String) async throws {
    try await withTemporaryFolder { folder in
      try makeFile(folder + "/model", model(inputs: 1000 * 1000))
      func run(megabytes: Int) async throws -> Outcome {
        try await shell(
          "timeout --signal=KILL 120 prlimit --as=\(megabytes)000000 \"$nettrain\" page model \(page) | wc -c; "
            + "exit ${PIPESTATUS[0]}", in: folder)
      }
      let refusal = try await run(megabytes: 120)
      #expect(refusal.status == 71)
      #expect(refusal.error.hasPrefix("nettrain: error: model: "))
      let needed = try #require(refusal.error.firstMatch(of: /: (\d+) MB of memory are needed/))
      #expect(try names(in: folder) == ["model"])
      let outcome = try await run(megabytes: try #require(Int(needed.1)) + 1)
      #expect(outcome.status == 0, "\(outcome.error)")
    }
  }
}
