import Foundation
import Safetensors
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
      func refusal(_ arguments: String...) async throws -> String {
        let outcome = try await run(program, ["--resume", checkpoint] + arguments)
        #expect(outcome.status == 78, "\(outcome.error)")
        #expect(outcome.error.count { $0 == "\n" } == 1 && outcome.output == "")
        return outcome.error
      }
      let options = try await refusal("--learning-rate", "0.5", "--seed", "1", "--no-shuffle")
      #expect(
        options
          == "nettrain: error: --resume \(checkpoint): this is not the run of the checkpoint: --learning-rate is 0.5 and "
          + "was 0.1, --seed is 1 and was 0, --no-shuffle is true and was false; make it the same, or start anew without "
          + "--resume\n")
      #expect(try await refusal("--epochs", "2").contains("--epochs is 2 and was 3, which may only grow"))
      #expect(try await refusal("--precision", "single").contains("--precision is single and was double"))
      #expect(try await refusal("--patience", "3").contains("--patience is 3 and was not given"))
      var data = SmallData()
      data.files["train-images-idx3-ubyte"]?[30] ^= 1
      try data.write(to: folder)
      #expect(try await refusal().contains("train_images differ"))
      #expect(try bytes(checkpoint) == before)
    }
  }

  @Test("a file that is no checkpoint, or was changed, is refused and stays; a missing one is status 66")
  func faults() async throws {
    try await withTemporaryFolder { folder in
      let checkpoint = folder + "/checkpoint"
      #expect(try await nettrain("--resume", checkpoint).status == 66)
      _ = try await run(program, briefly + ["--checkpoint", checkpoint, "--save", folder + "/model"])
      let model = try await nettrain("--resume", folder + "/model")
      #expect(model.status == 65)
      #expect(
        model.error
          == "nettrain: error: \(folder)/model: it is no checkpoint; choose a file that --checkpoint wrote\n")
      var changed = try bytes(checkpoint)
      changed[changed.count - 100] ^= 4
      try changed.write(to: URL(filePath: checkpoint))
      let outcome = try await nettrain("--resume", checkpoint)
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
      "$nettrain" --resume c; echo $?
      kill -KILL $first
      wait $first 2> /dev/null
      "$nettrain" --epochs 1 --checkpoint c --quiet > /dev/null; echo $?
      ls -A
      rm -r "$PWD"
      """)
    #expect(outcome.lines == ["75", "75", "0", "c"], "\(outcome.output)")
    #expect(outcome.error.contains("nettrain: error: c: another process is writing this file"))
  }

  @Test("the log of another run is not cut back")
  func otherLog() async throws {
    try await withTemporaryFolder { folder in
      _ = try await run(program, briefly + ["--checkpoint", folder + "/checkpoint"])
      _ = try await run(program, briefly + ["--seed", "9", "--log", folder + "/log"])
      let before = try bytes(folder + "/log")
      let outcome = try await nettrain("--resume", folder + "/checkpoint", "--log", folder + "/log")
      #expect(outcome.status == 73)
      #expect(outcome.error.contains("this is not the log of the run that goes on; choose another name"))
      #expect(try bytes(folder + "/log") == before)
      let new = try await nettrain("--resume", folder + "/checkpoint", "--log", folder + "/new", "--quiet")
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
        let outcome = try await nettrain("--resume", folder + "/checkpoint", "--log", "\(folder)/\(name)")
        #expect(outcome.status == 73, "\(name): \(outcome.error)")
        #expect(try bytes("\(folder)/\(name)") == before, "\(name)")
      }
      let output = try await shell("\"$nettrain\" --resume checkpoint --log log --format json >> log", in: folder)
      #expect(output.status == 73)
      #expect(try await nettrain("--resume", folder + "/checkpoint", "--log", "/dev/null").status == 0)
    }
  }

  @Test("options of the run may be repeated one by one; those that make no sense beside the others are another run's")
  func repeatedOptions() async throws {
    try await withTemporaryFolder { folder in
      let checkpoint = folder + "/checkpoint"
      _ = try await run(program, briefly + ["--output", "sigmoid", "--saturation", "--checkpoint", checkpoint])
      #expect(try await nettrain("--resume", checkpoint, "--saturation").status == 0)
      #expect(try await nettrain("--quiet", "train", "--resume", checkpoint, "--output", "sigmoid").status == 0)
      for options in [
        ["--output", "linear"], ["--output", "softmax"], ["--init-from", "m"], ["--batch-size", "999"],
      ] {
        let outcome = try await run(program, ["--resume", checkpoint] + options)
        #expect(outcome.status == 78, "\(outcome.error)")
        #expect(
          outcome.error.hasPrefix("nettrain: error: --resume \(checkpoint): this is not the run of the checkpoint: "))
      }
    }
  }

  @Test("a checkpoint that someone has made up gives no option of its own, and crashes nothing")
  func madeUp() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/checkpoint"
      _ = try await run(program, briefly + ["--checkpoint", path])
      let checkpoint = try Checkpoint(Safetensors(readingFrom: path))
      let state = try checkpoint.state(Double.self, sizes: [784, 12, 10], trainingCount: 300, batchSize: 10)
      func outcome(_ metadata: [String: String], seconds: Double = 1) async throws -> Outcome {
        var state = state
        state.seconds = seconds
        let made = Checkpoint(state, metadata: checkpoint.metadata.merging(metadata) { $1 })
        try Data(made.file.encoded()).write(to: URL(filePath: path))
        return try await nettrain("--resume", path, "--quiet", in: folder)
      }
      #expect(try await outcome([:]).status == 0)
      #expect(try await outcome(["run.save": "victim", "arguments": #"["--save","victim"]"#]).status == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["checkpoint"])
      for metadata in [["run.hidden": "--save=victim"], ["run.seed": "x"], ["epochs": "many"]] {
        let refused = try await outcome(metadata)
        #expect(refused.status == 65)
        #expect(refused.error.contains("its description of the run is missing or makes no sense"), "\(refused.error)")
      }
      for seconds in [Double.nan, .infinity, -1, 1e300] {
        let refused = try await outcome([:], seconds: seconds)
        #expect(refused.status == 65)
        #expect(refused.error.contains("its seconds is missing or makes no sense"), "\(refused.error)")
      }
    }
  }
}
