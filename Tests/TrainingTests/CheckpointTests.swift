import Datasets
import LinearAlgebra
import NeuralNetwork
import Safetensors
import SparseInputs
import Testing
import Training

@Suite("Checkpoints") struct CheckpointTests {
  /// The brighter pixel under some choices.
  private struct Run<Scalar: SparseScalar> {
    var configuration: TrainingConfiguration

    init(
      _ objective: Objective, kernel: InputKernel = .sparse, hidden: [Int] = [3],
      _ change: (inout TrainingConfiguration) -> Void = { _ in }
    ) {
      configuration = TrainingTests.configuration(objective, learningRate: 0.5, hidden: hidden) { configuration in
        (configuration.batchSize, configuration.l2, configuration.seed) = (7, 3, 4)
        (configuration.kernel, configuration.precision) = (kernel, Scalar.precision)
        (configuration.epochs, configuration.limit, configuration.validation) = (3, 40, 20)
        change(&configuration)
      }
    }

    func trainer(resuming state: TrainingState<Scalar>? = nil) throws -> Trainer<Scalar> {
      let data = try brighterPixelData()
      guard let state else { return try Trainer(configuration, data, keepsBest: true) }
      return try Trainer(resuming: state, configuration, data, keepsBest: true)
    }

    /// Trains to the end, or until so many mini-batches and evaluations have been allowed.
    func train(_ trainer: inout Trainer<Scalar>, steps: Int = .max) throws -> RunSummary {
      var left = steps
      return try trainer.train(shouldContinue: { _ in
        left -= 1
        return left >= 0
      })
    }

    func checkpoint(_ state: TrainingState<Scalar>) -> Checkpoint {
      Checkpoint(state, configuration: configuration, provenance: Provenance(version: "1", directory: "/", sha256: [:]))
    }

    /// The state after a round trip through a file.
    func reread(_ state: TrainingState<Scalar>) throws -> TrainingState<Scalar> {
      let checkpoint = try Checkpoint(Safetensors(bytes: checkpoint(state).file.encoded()))
      #expect(checkpoint.configuration == configuration)
      #expect(checkpoint.epochsDone == state.history.count)
      return try checkpoint.state(Scalar.self, sizes: configuration.sizes(inputs: 2, classes: 2))
    }
  }

  /// All that a state holds, without the times.
  private func bits<Scalar>(_ state: TrainingState<Scalar>) -> [[Double]] {
    let layers = state.network.layers.flatMap { layer in
      let weights = layer.panels?.unscaledTransposed ?? layer.weights
      return [weights.elements.map(Double.init), [layer.panels?.scale ?? 1], layer.biases.map(Double.init)]
    }
    let records = state.history.map { record -> [Double] in
      [
        Double(record.epoch), record.training?.totalCost ?? -1, record.training?.accuracy ?? -1,
        record.validation?.totalCost ?? -1, record.test?.totalCost ?? -1, record.test?.accuracy ?? -1, record.penalty,
        record.saturation?.slopeSum ?? -1, record.saturation?.saturatedShare ?? -1,
      ]
    }
    return layers + records
  }

  private func checkResumption<Scalar: SparseScalar>(_ run: Run<Scalar>) throws {
    var whole = try run.trainer()
    _ = try run.train(&whole)
    // An epoch is 6 mini-batches, one evaluation of the validation examples and one of the test examples.
    for steps in 0...24 {
      var cut = try run.trainer()
      #expect(try run.train(&cut, steps: steps).status == (steps < 24 ? .interrupted : .completed))
      var resumed = try run.trainer(resuming: run.reread(cut.state))
      #expect(try run.train(&resumed).status == .completed)
      let isSame = bits(resumed.state) == bits(whole.state)
      #expect(isSame, "\(steps) steps")
      let hasSameBest = resumed.state.bestNetwork == whole.state.bestNetwork
      #expect(hasSameBest && whole.state.bestNetwork != nil, "\(steps) steps")
    }
  }

  @Test(
    "a training that was stopped anywhere goes on to the bits of one that was not",
    arguments: Objective.all, InputKernel.allCases)
  func resumption(objective: Objective, kernel: InputKernel) throws {
    try checkResumption(Run<Double>(objective, kernel: kernel))
  }

  @Test("so it does in single precision, in file order, without a hidden layer and with its saturation measured")
  func otherResumptions() throws {
    let sigmoid = try Objective(output: .sigmoid, cost: .crossEntropy)
    try checkResumption(Run<Float>(sigmoid))
    try checkResumption(Run<Double>(sigmoid, hidden: []) { $0.saturation = true })
    try checkResumption(Run<Double>(sigmoid) { ($0.shuffle, $0.l2) = (false, 0) })
  }

  @Test("a training that is stopped again and again ends in the same bits")
  func manyStops() throws {
    let run = Run<Double>(try Objective(output: .softmax, cost: .crossEntropy))
    var whole = try run.trainer()
    _ = try run.train(&whole)
    var trainer = try run.trainer()
    for _ in 0..<12 where try run.train(&trainer, steps: 3).status == .interrupted {
      trainer = try run.trainer(resuming: run.reread(trainer.state))
    }
    _ = try run.train(&trainer)
    #expect(trainer.network == whole.network)
    #expect(trainer.state.history.map(\.test) == whole.state.history.map(\.test))
  }

  /// A small checkpoint as bytes.
  private func smallCheckpoint(_ change: (inout TrainingConfiguration) -> Void = { _ in }) throws -> [UInt8] {
    let run = Run<Float>(try Objective(output: .softmax, cost: .crossEntropy), hidden: []) { configuration in
      configuration.epochs = 1
      change(&configuration)
    }
    var trainer = try run.trainer()
    _ = try run.train(&trainer)
    return run.checkpoint(trainer.state).file.encoded()
  }

  private func isRefused(_ bytes: [UInt8]) -> Bool {
    guard let file = try? Safetensors(bytes: bytes) else { return true }
    return (try? Checkpoint(file)) == nil
  }

  @Test("every single flipped bit is found")
  func bitFlips() throws {
    var bytes = try smallCheckpoint()
    #expect(!isRefused(bytes))
    for place in bytes.indices {
      for bit in 0..<8 {
        bytes[place] ^= 1 << bit
        #expect(isRefused(bytes), "bit \(bit) of byte \(place)")
        bytes[place] ^= 1 << bit
      }
    }
  }

  @Test("every truncation is found, and so is every byte too many")
  func truncations() throws {
    let bytes = try smallCheckpoint()
    for count in 0..<bytes.count { #expect(isRefused(Array(bytes[..<count])), "\(count) bytes") }
    #expect(isRefused(bytes + [0]))
  }

  @Test("other files, and checkpoints of other versions, are refused by name")
  func otherFiles() throws {
    #expect(throws: TrainingError.noCheckpoint) { try Checkpoint(Safetensors(tensors: [:], metadata: [:])) }
    for (key, version) in [("run.nettrain", "0.1.0"), ("version", "9.0.0")] {
      let metadata = ["format": "nettrain checkpoint", "schema": "9", key: version]
      #expect(throws: TrainingError.otherVersion(version)) {
        try Checkpoint(Safetensors(tensors: [:], metadata: metadata))
      }
    }
    let file = try Safetensors(bytes: smallCheckpoint())
    var metadata = file.metadata
    metadata["configuration"] = metadata["configuration"]?.replacing(#""l2":3,"#, with: "")
    (metadata["version"], metadata["sha256"]) = ("0.1.9", nil)
    metadata["sha256"] = SHA256Digest.hexadecimal(
      of: Safetensors(tensors: file.tensors, metadata: metadata).encoded())
    #expect(throws: TrainingError.otherVersion("0.1.9"), "it has fewer choices") {
      try Checkpoint(Safetensors(tensors: file.tensors, metadata: metadata))
    }
    #expect(throws: TrainingError.changed) {
      try Checkpoint(
        Safetensors(tensors: file.tensors, metadata: file.metadata.merging(["a": "c"]) { $1 }))
    }
  }

  @Test("a checkpoint of another network is refused, tensor by tensor, whatever its hash says")
  func otherNetwork() throws {
    let checkpoint = try Checkpoint(Safetensors(bytes: smallCheckpoint()))
    func fault<Scalar: SparseScalar>(_: Scalar.Type, _ sizes: [Int]) -> TrainingError? {
      do throws(TrainingError) {
        _ = try checkpoint.state(Scalar.self, sizes: sizes)
        return nil
      } catch {
        return error
      }
    }
    #expect(fault(Float.self, [2, 2]) == nil)
    #expect(fault(Float.self, [3, 2]) == .malformed("network.layers.0.weight"))
    #expect(fault(Double.self, [2, 2]) == .malformed("network.layers.0.weight"))
  }

  @Test("a description of the run that makes no sense is refused, whatever its hash says")
  func impossibleConfiguration() throws {
    let changes: [(inout TrainingConfiguration) -> Void] = [
      { $0.hidden = [-1] }, { $0.learningRate = .nan }, { $0.learningRate = -1 }, { $0.l2 = -1 },
      { $0.labelSmoothing = 1 }, { $0.threads = 0 }, { $0.patience = 0 }, { $0.softmaxScale = 0 },
      { ($0.output, $0.cost) = (.linear, .crossEntropy) }, { $0.saturation = true }, { $0.batchSize = 0 },
      { $0.validation = -1 }, { ($0.patience, $0.validation) = (1, 0) }, { $0.epochs = -1 },
      { $0.minDelta = -1 }, { ($0.limit, $0.expand) = (.max, true) }, { ($0.limit, $0.batchSize) = (.max, .max) },
      { $0.hidden = [.max] }, { $0.threads = 1 << 53 + 1 },
    ]
    let run = Run<Float>(try Objective(output: .softmax, cost: .crossEntropy), hidden: [])
    let state = try run.trainer().state
    for (index, change) in changes.enumerated() {
      var other = run
      change(&other.configuration)
      let file = other.checkpoint(state).file
      #expect(throws: TrainingError.malformed("configuration"), "change \(index)") { try Checkpoint(file) }
    }
  }

  @Test("progress that makes no sense is refused, whatever its hash says")
  func impossibleProgress() throws {
    let run = Run<Float>(try Objective(output: .softmax, cost: .crossEntropy), hidden: [])
    var trainer = try run.trainer()
    _ = try run.train(&trainer, steps: 10)
    let changes: [(inout TrainingState<Float>) -> Void] = [
      { $0.seconds = .nan }, { $0.seconds = -1 }, { $0.seconds = 1e300 }, { $0.history += $0.history },
      { $0.partialEpoch.examplesSeen = 13 }, { $0.partialEpoch.examplesSeen = 47 }, { $0.partialEpoch.seconds = -1 },
      { $0.partialEpoch.evaluation = Evaluation() }, { $0.testCorrect = nil }, { $0.testCorrect?[0].toggle() },
      { $0.testCorrectAtBest?[29].toggle() },
    ]
    #expect(trainer.state.history.count == 1 && trainer.state.partialEpoch.examplesSeen == 14)
    for (index, change) in changes.enumerated() {
      var state = trainer.state
      change(&state)
      let file = run.checkpoint(state).file
      #expect(throws: TrainingError.malformed("progress"), "change \(index)") { try Checkpoint(file) }
    }
  }

  @Test("patience ends a training as many epochs after the best one, also of one that goes on; more patience goes on")
  func patience() throws {
    var run = Run<Double>(try Objective(output: .softmax, cost: .crossEntropy)) { configuration in
      (configuration.learningRate, configuration.l2) = (1e-9, 0)
      (configuration.epochs, configuration.patience) = (20, 4)
    }
    var trainer = try run.trainer()
    let summary = try run.train(&trainer)
    #expect(summary.status == .outOfPatience)
    #expect(summary.best?.epoch == 1 && summary.last?.epoch == 5)
    var resumed = try run.trainer(resuming: run.reread(trainer.state))
    let again = try run.train(&resumed)
    #expect(again.status == .outOfPatience && again.last?.epoch == 5)
    run.configuration.patience = 6
    var patient = try run.trainer(resuming: trainer.state)
    #expect(try run.train(&patient).last?.epoch == 7)
  }
}
