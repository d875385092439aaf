import Foundation
import TestSupport
import Testing

/// Wrong usage, each with status 64 and one line that says what would be right.
@Suite("Faults of the options") struct OptionFaultTests {
  @Test(
    "a value that makes no sense",
    arguments: [
      (["--learning-rate", "-1"], "rates are positive; give a number such as 0.5"),
      (["--learning-rate", "0"], "rates are positive; give a number such as 0.5"),
      (["--learning-rate", "nan"], "rates are positive; give a number such as 0.5"),
      (["--learning-rate", "inf"], "rates are positive; give a number such as 0.5"),
      (["--learning-rate", "fast"], "rates are positive; give a number such as 0.5"),
      (["--l2", "-0.1"], "the regularisation parameter is not negative; give 0 or a number such as 5"),
      (["--l2", "nan"], "the regularisation parameter is not negative; give 0 or a number such as 5"),
      (["--epochs", "-1"], "give a whole number from 0 on"),
      (["--epochs", "1.5"], "give a whole number from 0 on"),
      (["--batch-size", "0"], "give a whole number from 1 on"),
      (["--limit", "0"], "give a whole number from 1 on"),
      (["--validation", "-5"], "give a whole number from 0 on"),
      (["--threads", "0"], "give a whole number from 1 on"),
      (["--seed", "-1"], "a seed is a whole number from 0 to 18446744073709551615"),
      (["--momentum", "1"], "give a number from 0 to below 1, such as 0.1"),
      (["--l1", "-1"], "the regularisation parameter is not negative; give 0 or a number such as 5"),
      (["--learning-rate-decay", "0"], "give a number above 0 and at most 1, such as 0.98"),
      (["--learning-rate-decay", "1.1"], "give a number above 0 and at most 1, such as 0.98"),
      (["--dropout", "1"], "give a number from 0 to below 1, such as 0.1"),
      (["--dropout", "0.5,"], "give a number from 0 to below 1, such as 0.1"),
      (["--dropout", "-0.1"], "give a number from 0 to below 1, such as 0.1"),
      (["--evaluate-every", "0"], "give a whole number from 1 on"),
      (["--halvings", "-1"], "give a whole number from 0 on"),
      (["--label-smoothing", "1"], "give a number from 0 to below 1, such as 0.1"),
      (["--label-smoothing", "-0.1"], "give a number from 0 to below 1, such as 0.1"),
      (["--softmax-scale", "0"], "the scale is positive; 1 is the usual softmax"),
      (["--softmax-scale", "-2"], "the scale is positive; 1 is the usual softmax"),
      (
        ["--hidden", "0"],
        "give the neurons of each hidden layer, from 1 on, such as 30 or 100,50, or none"
      ),
      (
        ["--hidden", "30,"],
        "give the neurons of each hidden layer, from 1 on, such as 30 or 100,50, or none"
      ),
      (
        ["--hidden", "-3"],
        "give the neurons of each hidden layer, from 1 on, such as 30 or 100,50, or none"
      ),
      (
        ["--require-accuracy", "92"],
        "give a fraction from 0 to 1, such as 0.92, or a percentage such as 92%"
      ),
      (
        ["--require-accuracy", "-1%"],
        "give a fraction from 0 to 1, such as 0.92, or a percentage such as 92%"
      ),
    ])
  func value(arguments: [String], remedy: String) async throws {
    let outcome = try await run(program, arguments)
    #expect(outcome.status == 64)
    #expect(
      outcome.error.hasPrefix("nettrain: error: The value '\(arguments[1])' is invalid for '\(arguments[0]) <"))
    #expect(outcome.error.hasSuffix(">': \(remedy)\n"))
    #expect(outcome.error.count { $0 == "\n" } == 1)
    #expect(outcome.output == "")
  }

  @Test("a word where a choice is expected")
  func choice() async throws {
    let outcome = try await nettrain("--cost", "hinge")
    #expect(outcome.status == 64)
    #expect(
      outcome.error
        == "nettrain: error: The value 'hinge' is invalid for '--cost <kind>'. Please provide one of "
        + "'quadratic' and 'cross-entropy'.\n")
  }

  @Test("an option that does not exist")
  func unknown() async throws {
    for (word, said) in [("--epoch", "--epoch"), ("-epochs", "-epochs")] {
      let outcome = try await nettrain(word, "3")
      #expect(outcome.status == 64)
      #expect(
        outcome.error
          == "nettrain: error: Unknown option '\(said)'. Did you mean '--epochs'? See 'nettrain --help'.\n")
    }
  }

  @Test("words that are none of the program's, and an option without its value", arguments: [["30"], ["--epochs"]])
  func stray(arguments: [String]) async throws {
    let outcome = try await run(program, arguments)
    #expect(outcome.status == 64)
    #expect(outcome.error.hasSuffix(". See 'nettrain --help'.\n"))
    #expect(outcome.error.count { $0 == "\n" } == 1)
  }

  @Test("an error is one line, also where there is something to note")
  func noteAndError() async throws {
    let outcome = try await nettrain("--limit", "5000", "--batch-size", "4000")
    #expect(outcome.error.count { $0 == "\n" } == 1)
  }

  @Test("linear outputs with the cross-entropy, named or by default")
  func undefinedPair() async throws {
    for arguments in [["--output", "linear", "--cost", "cross-entropy"], ["--output", "linear"]] {
      let outcome = try await run(program, arguments)
      #expect(outcome.status == 64)
      #expect(
        outcome.error
          == "nettrain: error: --output linear --cost cross-entropy: linear outputs may be negative and have no "
          + "cross-entropy; choose the quadratic cost, or sigmoid or softmax outputs\n")
    }
  }

  @Test("a softmax scale without softmax")
  func scale() async throws {
    let outcome = try await nettrain("--output", "sigmoid", "--softmax-scale", "2")
    #expect(outcome.status == 64)
    #expect(try await nettrain("--output", "sigmoid", "--softmax-scale", "1").status == 64)
    #expect(
      outcome.error
        == "nettrain: error: --softmax-scale 2: only softmax outputs have a scale; choose softmax, or leave the "
        + "scale out\n")
  }

  @Test("a mini-batch larger than the training data")
  func batchSize() async throws {
    let outcome = try await nettrain("--batch-size", "3335")
    #expect(outcome.status == 64)
    #expect(
      outcome.error
        == "nettrain: error: --batch-size 3335: the number of training examples is 3334; choose at most that\n")
    #expect(try await nettrain("--batch-size", "3334", "--epochs", "1").status == 0)
  }

  @Test("validation examples that leave nothing to train on")
  func validation() async throws {
    let outcome = try await nettrain("--validation", "4000")
    #expect(outcome.status == 64)
    #expect(
      outcome.error
        == "nettrain: error: --validation: 4000 validation examples leave nothing to train on, for the training file "
        + "has 4000; choose at most 3999\n")
  }

  @Test("a network larger than the machine's memory")
  func memory() async throws {
    let outcome = try await nettrain("--hidden", "2000000000")
    #expect(outcome.status == 71)
    #expect(outcome.error.hasPrefix("nettrain: error: --hidden 2000000000: "))
    #expect(outcome.error.contains(" GB of memory are needed, and there are "))
    #expect(outcome.error.hasSuffix("; choose smaller layers, mini-batches or data, or allow more memory\n"))
  }

  @Test("a network larger than the memory that a limit leaves")
  func memoryLimit() async throws {
    let outcome = try await shell(#"ulimit -v 4000000; "$nettrain" --hidden 400000"#)
    #expect(outcome.status == 71)
    // The limit is 4096 MB, of which the room is found to a tenth of a megabyte.
    #expect(outcome.error.contains(#/ MB of memory are needed, and there are 409[56] MB; /#), "\(outcome.error)")
  }

  @Test("a log that cannot be created is found out before training starts")
  func log() async throws {
    for path in ["/nowhere/log.json", "/tmp"] {
      let outcome = try await nettrain("--log", path)
      #expect(outcome.status == 73)
      let fault =
        path == "/tmp"
        ? "this is a folder; give the name of a file"
        : "cannot be created (No such file or directory); choose a place you can write to"
      #expect(
        outcome.error
          == "nettrain: error: \(path): \(fault)\n")
      #expect(outcome.output == "")
    }
  }

  @Test("a log that would replace the data, or mix with standard output, is refused")
  func logInTheWay() async throws {
    try await withTemporaryFolder { folder in
      try SmallData().write(to: folder)
      let labels = folder + "/train-labels-idx1-ubyte"
      let before = try Data(contentsOf: URL(filePath: labels))
      try FileManager.default.linkItem(atPath: labels, toPath: folder + "/hard")
      try FileManager.default.createSymbolicLink(atPath: folder + "/soft", withDestinationPath: labels)
      for path in [labels, folder + "/hard", folder + "/soft"] {
        let outcome = try await nettrain("--data", folder, "--log", path)
        #expect(outcome.status == 73)
        #expect(
          outcome.error
            == "nettrain: error: \(path): the run needs this file for something else; choose another name for the log\n"
        )
      }
      #expect(try Data(contentsOf: URL(filePath: labels)) == before)
      let mixed = try await shell(
        #"echo old > out; "$nettrain" --data . --log out >> out; echo $?; cat out"#, in: folder)
      #expect(mixed.output == "73\nold\n")
    }
  }

  @Test("an empty name, as from a variable that is not set", arguments: ["--data", "--log"])
  func emptyName(option: String) async throws {
    let outcome = try await nettrain(option, "")
    #expect(outcome.status == 64)
    #expect(outcome.error.hasSuffix("the name is empty; give one, or leave the option out\n"))
  }

  @Test("control characters of a name do not reach the terminal")
  func controlCharacters() async throws {
    let outcome = try await nettrain("--data", "a\nb\u{1B}[31m")
    #expect(outcome.error.hasPrefix(#"nettrain: error: a\nb\u{1B}[31m: there is no such folder"#))
    #expect(outcome.error.count { $0 == "\n" } == 1)
  }

  @Test("fewer examples than a usual mini-batch are one mini-batch")
  func fewExamples() async throws {
    let events = try await nettrain("--limit", "5", "--epochs", "1", "--format", "json").events()
    #expect(events[0]["batch_size"] as? Int == 5)
  }

  @Test("classes without a training example are noted")
  func emptyClasses() async throws {
    try await withTemporaryFolder { folder in
      var data = SmallData()
      data.files["train-labels-idx1-ubyte"] = idx([12], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 255])
      try data.write(to: folder)
      let outcome = try await nettrain("--data", folder, "--epochs", "1", "--validation", "0")
      #expect(outcome.status == 0)
      #expect(
        outcome.error
          == "nettrain: note: classes 3 to 254 have no training example (0: 4, 1: 4, 2: 3, 255: 1)\n")
    }
  }

  @Test("a log that was good before a run that could not begin is still good after it")
  func oldLog() async throws {
    try await withTemporaryFolder { folder in
      let log = folder + "/log.json"
      try "good\n".write(toFile: log, atomically: false, encoding: .utf8)
      #expect(try await nettrain("--log", log, "--data", "/nowhere").status == 66)
      #expect(try await nettrain("--log", log, "--batch-size", "5000").status == 64)
      #expect(try String(contentsOfFile: log, encoding: .utf8) == "good\n")
    }
  }

  @Test("a limit above the examples there are uses all and says so, unless quiet")
  func limit() async throws {
    let outcome = try await nettrain("--limit", "5000", "--epochs", "0")
    #expect(outcome.status == 0)
    #expect(
      outcome.error
        == "nettrain: note: --limit 5000 is more than the 3334 training examples there are; all are used\n")
    #expect(try await nettrain("--limit", "5000", "--epochs", "0", "--quiet").error == "")
  }
}
