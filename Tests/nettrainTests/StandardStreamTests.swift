import Foundation
import TestSupport
import Testing

@Suite("Standard streams as files") struct StandardStreamTests {
  private let options = "--epochs 2 --limit 300 --hidden 4 --format csv --quiet"

  @Test("- reads a model or a checkpoint from standard input")
  func standardInput() async throws {
    try await withTemporaryFolder { folder in
      _ = try await shell("\"$nettrain\" \(options) --save model --checkpoint checkpoint", in: folder)
      let model = try await shell("cat model | \"$nettrain\" --init-from - --epochs 0 --format json", in: folder)
      #expect(model.status == 0, "\(model.error)")
      let file = try await nettrain("--init-from", folder + "/model", "--epochs", "0", "--format", "json")
      #expect(try withoutTimes(model.events()) == withoutTimes(file.events()))

      let resumed = try await shell(
        "cat checkpoint | \"$nettrain\" resume - --epochs 3 --save piped --format csv", in: folder)
      #expect(resumed.status == 0)
      #expect(resumed.error == "nettrain: note: resuming after epoch 2 of standard input\n")
      #expect(try names(in: folder) == ["checkpoint", "model", "piped"], "no checkpoint is written")
      _ = try await nettrain("resume", folder + "/checkpoint", "--epochs", "3", "--save", folder + "/named")
      #expect(try contents(folder + "/piped") == contents(folder + "/named"))
    }
  }

  @Test("what standard input holds is checked as a file is", arguments: ["--init-from -", "resume -"])
  func faults(command: String) async throws {
    for (input, words) in [("printf ''", "the file is empty"), ("yes", "this is not a safetensors file")] {
      let outcome = try await shell("\(input) | head -c 100000 | \"$nettrain\" \(command)")
      #expect(outcome.status == 65)
      #expect(outcome.error.hasPrefix("nettrain: error: standard input: \(words)"), "\(outcome.error)")
      #expect(outcome.output == "")
    }
  }

  @Test("--log - is the report in JSON, and wrong usage with another form")
  func log() async throws {
    let json = try await nettrain("--epochs", "1", "--format", "json", "--log", "-")
    #expect(json.status == 0)
    #expect(try json.events().map { $0["event"] as? String } == ["start", "epoch", "end"])
    for format in ["text", "csv"] {
      let outcome = try await nettrain("--epochs", "1", "--format", format, "--log", "-")
      #expect(outcome.status == 64)
      #expect(outcome.error.hasPrefix("nettrain: error: --log -: standard output carries the report; "))
    }
  }

  @Test("no other file is standard output, with either command", arguments: ["--save", "--save-best", "--checkpoint"])
  func outputs(option: String) async throws {
    for command in [["train"], ["resume", "nosuchfile"]] {
      let outcome = try await run(program, command + [option, "-", "--format", "json"])
      #expect(outcome.status == 64)
      #expect(
        outcome.error
          == "nettrain: error: \(option) -: standard output carries the report; give the name of a file\n")
    }
  }

  @Test(
    "no file of a run is a standard stream of it", arguments: ["--log", "--save", "--save-best", "--checkpoint"],
    ["2>", "2>>", ">", "<"])
  func redirected(option: String, redirection: String) async throws {
    try await withTemporaryFolder { folder in
      try makeFile(folder + "/file", [])
      let stream = ["<": "input", ">": "output"][redirection, default: "error"]
      for command in ["\"$nettrain\" \(options)", "\"$nettrain\" resume c --epochs 3 --quiet"] {
        _ = try await shell("\"$nettrain\" \(options) --checkpoint c", in: folder)
        let outcome = try await shell(
          ": >file; \(command) \(option) file \(redirection)file; s=$?; cat file; exit $s", in: folder)
        #expect(outcome.status == 73)
        let words = "file: standard \(stream) is this file already; choose another name"
        #expect((outcome.error + outcome.output).contains(words), "\(outcome)")
        #expect((outcome.error + outcome.output).count { $0 == "\n" } == 1)
      }
    }
  }
}
