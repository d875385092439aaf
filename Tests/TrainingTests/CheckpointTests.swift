import Datasets
import LinearAlgebra
import NeuralNetwork
import Safetensors
import Testing
import Training

@Suite("Checkpoints") struct CheckpointTests {
  /// The brighter pixel under some choices.
  private struct Run<Scalar: BLASScalar> {
    var objective: Objective
    var hyperparameters = Hyperparameters(batchSize: 7, learningRate: 0.5, l2: 3, seed: 4)
    var kernel = InputKernel.sparse
    var sizes = [2, 3, 2]
    var measuresSaturation = false

    func trainer(resuming state: TrainingState<Scalar>? = nil) throws -> Trainer<Scalar> {
      var generator = Xoshiro256StarStar(seed: 4, stream: .weights)
      let start = TrainingState<Scalar>(
        network: Network(sizes: sizes, initialization: .scaled, using: &generator), weightsGenerator: generator,
        orderGenerator: Xoshiro256StarStar(seed: 4, stream: .order))
      return Trainer(
        resuming: state ?? start, objective: objective, hyperparameters: hyperparameters,
        split: try Split(brighterPixel(count: 60), validationCount: 20),
        test: Examples(of: try brighterPixel(count: 30)),
        measuresSaturation: measuresSaturation, kernel: kernel, keepsBest: true)
    }

    /// Trains up to an epoch, or until so many mini-batches and evaluations have been allowed.
    func train(_ trainer: inout Trainer<Scalar>, epochs: Int, steps: Int = .max) throws -> RunSummary {
      var left = steps
      return try trainer.train(epochs: epochs) { _, _ in
      } shouldContinue: { _ in
        left -= 1
        return left >= 0
      }
    }

    /// The state after a way through a file.
    func reread(_ state: TrainingState<Scalar>) throws -> TrainingState<Scalar> {
      let bytes = Checkpoint(state, metadata: ["a": "b"]).file.encoded()
      let checkpoint = try Checkpoint(Safetensors(bytes: bytes))
      return try checkpoint.state(Scalar.self, sizes: sizes, trainingCount: 40, batchSize: 7)
    }
  }

  /// All that a state holds, but for the times.
  private func bits<Scalar>(_ state: TrainingState<Scalar>) -> [[Double]] {
    let layers = state.network.layers.flatMap { layer in
      [layer.storedWeights.unscaled.elements.map(Double.init), [layer.storedWeights.scale]]
        + [layer.biases.map(Double.init)]
    }
    let records = state.history.map { record in
      [
        Double(record.epoch), record.training?.totalCost ?? -1, record.training?.accuracy ?? -1,
        record.validation?.totalCost ?? -1, record.test.totalCost, record.test.accuracy, record.penalty,
        record.saturation?.slopeSum ?? -1, record.saturation?.saturatedShare ?? -1,
      ]
    }
    return layers + records + [state.orderGenerator.state.map { Double($0 >> 12) }]
  }

  private func checkResumption<Scalar: BLASScalar>(_ run: Run<Scalar>) throws {
    var whole = try run.trainer()
    _ = try run.train(&whole, epochs: 3)
    // An epoch is 6 mini-batches, one evaluation of the validation examples and one of the test examples.
    for steps in 0...24 {
      var cut = try run.trainer()
      #expect(try run.train(&cut, epochs: 3, steps: steps).status == (steps < 24 ? .interrupted : .completed))
      var resumed = try run.trainer(resuming: run.reread(cut.state))
      #expect(try run.train(&resumed, epochs: 3).status == .completed)
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
    try checkResumption(Run<Double>(objective: objective, kernel: kernel))
  }

  @Test("so it does in single precision, in file order, without a hidden layer and with its saturation measured")
  func otherResumptions() throws {
    let sigmoid = try Objective(output: .sigmoid, cost: .crossEntropy)
    try checkResumption(Run<Float>(objective: sigmoid))
    try checkResumption(Run<Double>(objective: sigmoid, sizes: [2, 2], measuresSaturation: true))
    try checkResumption(
      Run<Double>(
        objective: sigmoid, hyperparameters: Hyperparameters(batchSize: 7, learningRate: 0.5, shuffles: false)))
  }

  @Test("a training that is stopped again and again ends in the same bits")
  func manyStops() throws {
    let run = Run<Double>(objective: try Objective(output: .softmax, cost: .crossEntropy))
    var whole = try run.trainer()
    _ = try run.train(&whole, epochs: 3)
    var trainer = try run.trainer()
    for _ in 0..<12 where try run.train(&trainer, epochs: 3, steps: 3).status == .interrupted {
      trainer = try run.trainer(resuming: run.reread(trainer.state))
    }
    _ = try run.train(&trainer, epochs: 3)
    #expect(trainer.network == whole.network)
    #expect(trainer.state.history.map(\.test) == whole.state.history.map(\.test))
  }

  /// A small checkpoint as bytes.
  private func smallCheckpoint() throws -> [UInt8] {
    let run = Run<Float>(objective: try Objective(output: .softmax, cost: .crossEntropy), sizes: [2, 2])
    var trainer = try run.trainer()
    _ = try run.train(&trainer, epochs: 1)
    return Checkpoint(trainer.state, metadata: ["a": "b"]).file.encoded()
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

  @Test("what is no checkpoint, or of a later schema, is refused by name")
  func otherFiles() throws {
    #expect(throws: CheckpointFault.noCheckpoint) { try Checkpoint(Safetensors(tensors: [:], metadata: [:])) }
    #expect(throws: CheckpointFault.unknownSchema("9")) {
      try Checkpoint(Safetensors(tensors: [:], metadata: ["format": "nettrain checkpoint", "schema": "9"]))
    }
    let file = try Safetensors(bytes: smallCheckpoint())
    #expect(throws: CheckpointFault.changed) {
      try Checkpoint(
        Safetensors(tensors: file.tensors, metadata: file.metadata.merging(["a": "c"]) { $1 }))
    }
  }

  @Test("a checkpoint of another network is refused, tensor by tensor, whatever its hash says")
  func otherNetwork() throws {
    let checkpoint = try Checkpoint(Safetensors(bytes: smallCheckpoint()))
    func fault<Scalar: BLASScalar>(_: Scalar.Type, _ sizes: [Int], batchSize: Int = 7) -> CheckpointFault? {
      do throws(CheckpointFault) {
        _ = try checkpoint.state(Scalar.self, sizes: sizes, trainingCount: 40, batchSize: batchSize)
        return nil
      } catch {
        return error
      }
    }
    #expect(fault(Float.self, [2, 2]) == nil)
    #expect(fault(Float.self, [2, 2], batchSize: 8) == nil, "nothing of an epoch is under way")
    #expect(fault(Float.self, [3, 2]) == .malformed("network.layers.0.weight"))
    #expect(fault(Double.self, [2, 2]) == .malformed("network.layers.0.weight"))
  }

  @Test("patience ends a training as many epochs after the best one, also of one that goes on")
  func patience() throws {
    let run = Run<Double>(
      objective: try Objective(output: .softmax, cost: .crossEntropy),
      hyperparameters: Hyperparameters(batchSize: 7, learningRate: 1e-9))
    var trainer = try run.trainer()
    let summary = try trainer.train(epochs: 20, patience: 4) { _, _ in
    } shouldContinue: { _ in
      true
    }
    #expect(summary.status == .outOfPatience)
    #expect(summary.best?.epoch == 1 && summary.last?.epoch == 5)
    var resumed = try run.trainer(resuming: run.reread(trainer.state))
    let again = try resumed.train(epochs: 20, patience: 4) { _, _ in
    } shouldContinue: { _ in
      true
    }
    #expect(again.status == .outOfPatience && again.last?.epoch == 5)
  }
}
