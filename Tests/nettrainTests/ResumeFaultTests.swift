import Foundation
import Safetensors
import TestSupport
import Testing
import Training

@Suite("Runs that may not go on") struct ResumeFaultTests {
  @Test("with other options or data the run is refused, and told what differs")
  func differences() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      let checkpoint = folder + "/checkpoint"
      _ = try await nettrain(
        "--data", folder, "--epochs", "3", "--hidden", "4", "--batch-size", "2", "--checkpoint", checkpoint)
      let before = try bytes(checkpoint)
      func refusal(_ arguments: String..., status: Int = 78) async throws -> String {
        let outcome = try await run(program, ["resume", checkpoint] + arguments)
        #expect(outcome.status == status, "\(outcome.error)")
        #expect(outcome.error.count { $0 == "\n" } == 1 && outcome.output == "")
        return outcome.error
      }
      #expect(
        try await refusal("--epochs", "2")
          == "nettrain: error: \(checkpoint): this is not the run of the checkpoint: --epochs is 2 and was 3, which may only "
          + "grow; make it the same, or start a new run\n")
      #expect(try await refusal("--patience", "3").contains("--patience is 3 and was not given"))
      for option in ["--learning-rate", "--seed", "--precision", "--hidden", "--limit", "--init-from"] {
        #expect(try await refusal(option, "1", status: 64).contains("Unknown option '\(option)'"))
      }
      var data = SmallData()
      data.files["train-images-idx3-ubyte"]?[30] ^= 1
      try data.write(to: folder)
      #expect(try await refusal().contains("train_images differ"))
      #expect(try bytes(checkpoint) == before)
    }
  }

  @Test(
    "the spelling of earlier versions is refused with the line to type",
    arguments: [["--resume", "a file"], ["train", "--resume", "a file"], ["--epochs", "3", "--resume", "a file"]])
  func formerSpelling(arguments: [String]) async throws {
    let outcome = try await run(program, arguments)
    #expect(outcome.status == 64)
    #expect(outcome.error == "nettrain: error: --resume: this is a command now; type: nettrain resume 'a file'\n")
    #expect(outcome.output == "")
  }

  @Test("a checkpoint of version 0.1 is refused by name, and a model of it is trained on")
  func formerFiles() async throws {
    let samples = root + "/Tests/nettrainTests/Samples"
    let checkpoint = try await nettrain("resume", samples + "/0.1.checkpoint")
    #expect(checkpoint.status == 65)
    #expect(
      checkpoint.error
        == "nettrain: error: \(samples)/0.1.checkpoint: nettrain 0.1.0 wrote this checkpoint, and this version cannot read "
        + "it; resume it with that version\n")
    let model = try await nettrain("--init-from", samples + "/0.1.safetensors", "--epochs", "0", "--format", "json")
    #expect(model.status == 0, "\(model.error)")
    #expect(try model.events()[0]["layers"] as? [Int] == [784, 2, 10])
    // The accuracy that version 0.1 reported.
    #expect(try model.events()[1]["test_accuracy"] as? Double == 0.394)
  }

  @Test("a file that is no checkpoint, or was changed, is refused and stays; a missing one is status 66")
  func faults() async throws {
    try await withTemporaryFolder { folder in
      let checkpoint = folder + "/checkpoint"
      #expect(try await nettrain("resume", checkpoint).status == 66)
      _ = try await run(program, briefly + ["--checkpoint", checkpoint, "--save", folder + "/model"])
      let model = try await nettrain("resume", folder + "/model")
      #expect(model.status == 65)
      #expect(
        model.error
          == "nettrain: error: \(folder)/model: it is not a checkpoint; choose a file that a training wrote as its checkpoint\n"
      )
      var changed = try bytes(checkpoint)
      changed[changed.count - 100] ^= 4
      try changed.write(to: URL(filePath: checkpoint))
      let outcome = try await nettrain("resume", checkpoint)
      #expect(outcome.status == 65)
      #expect(outcome.error.contains("its contents are not what was written, by their SHA-256"))
      #expect(try bytes(checkpoint) == changed)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["checkpoint", "model"])
    }
  }

  @Test("a second run on the same checkpoint is refused while the first one writes it")
  func secondRun() async throws {
    let outcome = try await shell(
      """
      cd "$(mktemp -d)"
      "$nettrain" --epochs 100000 --checkpoint c > /dev/null 2>&1 &
      first=$!
      while [ ! -e c ]; do sleep 0.05; done
      "$nettrain" --epochs 1 --checkpoint c; echo $?
      "$nettrain" resume c; echo $?
      kill -KILL $first
      wait $first 2> /dev/null
      "$nettrain" --epochs 1 --checkpoint c --quiet > /dev/null; echo $?
      ls -A
      rm -r "$PWD"
      """)
    #expect(outcome.lines == ["75", "75", "0", "c"], "\(outcome.output)")
    #expect(outcome.error.contains("nettrain: error: c: another process is writing this file"))
  }

  @Test("no more is read of a log than can be one of the run")
  func hugeLog() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly + ["--checkpoint", "c", "--log", "log"], in: folder)
      // Files of 100 GB that take no room, one of which begins as the log of the run.
      let outcome = try await shell(
        """
        (head -n 2 log; printf '{"directory":"') >part; truncate --size 100G none part
        for log in none part; do "$nettrain" resume c --log $log --quiet; echo $?; done
        """, in: folder)
      #expect(outcome.lines == ["73", "73"])
      #expect(outcome.error.components(separatedBy: "this is not the log of the run that is resumed").count == 3)
    }
  }

  @Test("the log of another run is not cut back")
  func otherLog() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly + ["--checkpoint", folder + "/checkpoint"])
      _ = try await run(program, briefly + ["--seed", "9", "--log", folder + "/log"])
      let before = try bytes(folder + "/log")
      let outcome = try await nettrain("resume", folder + "/checkpoint", "--log", folder + "/log")
      #expect(outcome.status == 73)
      #expect(outcome.error.contains("this is not the log of the run that is resumed; choose another name"))
      #expect(try bytes(folder + "/log") == before)
      let own = try await nettrain("resume", "checkpoint", "--log", "./checkpoint", "--force", in: folder)
      #expect(own.status == 73)
      #expect(
        own.error
          == "nettrain: error: --log ./checkpoint: this is the checkpoint that is resumed; choose another name\n")
      let new = try await nettrain("resume", folder + "/checkpoint", "--log", folder + "/new", "--quiet")
      #expect(new.status == 0)
      #expect(
        try jsonLines(String(contentsOfFile: folder + "/new", encoding: .utf8)).count == 6, "all epochs are in it")
    }
  }

  @Test("--log spares data files, notes and what goes to standard output also where a run goes on")
  func sparedFiles() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      try Data("remember the milk".utf8).write(to: URL(filePath: folder + "/note"))
      let options = ["--data", folder, "--epochs", "2", "--hidden", "4", "--batch-size", "2"]
      _ = try await run(program, options + ["--checkpoint", folder + "/checkpoint", "--log", folder + "/log"])
      for name in ["train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "note", "checkpoint"] {
        let before = try bytes("\(folder)/\(name)")
        let outcome = try await nettrain("resume", folder + "/checkpoint", "--log", "\(folder)/\(name)")
        #expect(outcome.status == 73, "\(name): \(outcome.error)")
        #expect(try bytes("\(folder)/\(name)") == before, "\(name)")
      }
      let output = try await shell("\"$nettrain\" resume checkpoint --log log --format json >> log", in: folder)
      #expect(output.status == 73)
      #expect(try await nettrain("resume", folder + "/checkpoint", "--log", "/dev/null").status == 0)
    }
  }

  @Test("lines that are not the run's own are never deleted from a log")
  func foreignLines() async throws {
    try await withTemporaryFolder { folder in
      let (checkpoint, log) = (folder + "/checkpoint", folder + "/log")
      _ = try await run(program, briefly + ["--epochs", "2", "--checkpoint", checkpoint, "--log", log])
      _ = try await run(program, briefly + ["--epochs", "2", "--seed", "5", "--log", folder + "/other"])
      let own = try String(contentsOfFile: log, encoding: .utf8)
      let lines: [String] = own.split(separator: "\n").map { String($0) + "\n" }
      let other = try String(contentsOfFile: folder + "/other", encoding: .utf8)
      let foreign: [String] = [
        own + other, own + "a note\n", own + "a note", own + "{}\n", lines[0] + lines[2], own + lines[1],
        lines[0] + lines[1] + lines[3] + lines[2], other, "\n" + own, lines[1] + lines[2],
      ]
      for text in foreign {
        try text.write(toFile: log, atomically: false, encoding: .utf8)
        let outcome = try await nettrain("resume", checkpoint, "--epochs", "3", "--log", log, "--quiet")
        #expect(outcome.status == 73, "\(text.suffix(200))")
        #expect(try String(contentsOfFile: log, encoding: .utf8) == text)
      }
      // Later epochs of the run, its end and a torn line are its own.
      let third = lines[2].replacing(#""epoch":2"#, with: #""epoch":3"#)
      let tails: [String] = ["", lines[3], #"{"epoch":3,"eval"#, #"{"best_ep"#, third]
      for tail in tails {
        try (lines[0] + lines[1] + lines[2] + tail).write(toFile: log, atomically: false, encoding: .utf8)
        let outcome = try await nettrain(
          "resume", checkpoint, "--checkpoint", checkpoint + "2", "--epochs", "3", "--log", log, "--quiet")
        #expect(outcome.status == 0, "\(tail): \(outcome.error)")
        #expect(
          try jsonLines(String(contentsOfFile: log, encoding: .utf8)).map { $0["epoch"] as? Int } == [
            nil, 1, 2, 3, nil,
          ])
      }
    }
  }

  @Test("a checkpoint that someone has made up writes no other file, and crashes nothing")
  func madeUp() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/checkpoint"
      _ = try await run(program, briefly + ["--checkpoint", path])
      let checkpoint = try Checkpoint(Safetensors(readingFrom: path))
      let state = try checkpoint.state(Double.self, sizes: [784, 12, 10])
      func outcome(
        seconds: Double = 1, _ change: (inout TrainingConfiguration) -> Void = { _ in }
      ) async throws -> Outcome {
        var (state, configuration) = (state, checkpoint.configuration)
        state.seconds = seconds
        change(&configuration)
        let made = Checkpoint(state, configuration: configuration, provenance: checkpoint.provenance)
        try Data(made.file.encoded()).write(to: URL(filePath: path))
        return try await nettrain("resume", path, "--quiet", in: folder)
      }
      #expect(try await outcome().status == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["checkpoint"])
      for change: (inout TrainingConfiguration) -> Void in [
        { $0.hidden = [-5] }, { $0.batchSize = 0 }, { $0.limit = 10_000 }, { $0.validation = 4000 },
        { $0.validation = .max }, { $0.threads = -1 },
        { ($0.output, $0.cost) = (.linear, .crossEntropy) },
      ] {
        let refused = try await outcome(change)
        #expect(refused.status == 65, "\(refused.error)")
        #expect(refused.error.contains("its configuration is missing or makes no sense"), "\(refused.error)")
      }
      let others: [(inout TrainingConfiguration) -> Void] = [{ $0.hidden = [13] }, { $0.precision = .single }]
      for change in others {
        let refused = try await outcome(change)
        #expect(refused.status == 65)
        #expect(refused.error.contains("its network.layers.0.weight is missing or makes no sense"), "\(refused.error)")
      }
      for seconds in [Double.nan, .infinity, -1, 1e300] {
        let refused = try await outcome(seconds: seconds)
        #expect(refused.status == 65)
        #expect(refused.error.contains("its progress is missing or makes no sense"), "\(refused.error)")
      }
    }
  }
}
