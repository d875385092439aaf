import Files
import Glibc
import NeuralNetwork
import Safetensors
import SparseInputs
import Training

/// The models and checkpoints that a run writes.
struct OutputFiles {
  private let options: OutputOptions
  private let run: Run
  /// Notes on the files that will be replaced.
  private(set) var notes: [String] = []

  /// Checks before training begins that all files can be written.
  /// - Parameters:
  ///   - options: The names of the files.
  ///   - run: The run.
  ///   - others: The files that must not be replaced.
  ///   - isResumed: Whether files of the run itself are its own.
  /// - Throws: A failure, if one of them cannot be written, or must not be replaced.
  init(_ options: OutputOptions, of run: Run, sparing others: [String], isResumed: Bool) throws {
    self.options = options
    self.run = run
    var taken = others
    for (option, path) in options.replaced {
      guard !taken.contains(where: { isSameFile($0, path) }) else {
        throw Failure(
          .cannotCreateOutput,
          "\(option) \(path.shown): the run needs this file for something else; choose another name")
      }
      if let stream = standardStream(at: path) {
        throw Failure(
          .cannotCreateOutput, "\(option) \(path.shown): \(stream) is this file already; choose another name")
      }
      taken.append(path)
      notes += try options.checkFormer(option, path, of: run, isResumed: isResumed)
      removeLeftovers(of: path)
      try checkReplaceable(path)
    }
  }

  /// Runs `body` while no other run can write a checkpoint.
  static func withLock(on checkpoint: String?, _ body: () throws -> Void) throws {
    guard let checkpoint else { return try body() }
    let lock = try lock(checkpoint)
    try withExtendedLifetime(lock) { try body() }
  }

  /// Waits up to half a second for another run to end: one that was killed may hold its lock for a moment longer.
  private static func lock(_ checkpoint: String) throws -> FileLock {
    for _ in 0..<20 {
      guard isLocked(checkpoint) else { break }
      usleep(25_000)
    }
    return try FileLock(for: checkpoint)
  }

  private static func isLocked(_ checkpoint: String) -> Bool {
    do {
      _ = try FileLock(for: checkpoint)
      return false
    } catch {
      return error.code == .lockedByAnother
    }
  }

  /// Whether the network of the best epoch has to be kept.
  var needBest: Bool { options.saveBest != nil || options.checkpoint != nil }

  /// Writes the state in which a resumed run goes on.
  func resume<Scalar: SparseScalar>(_ state: TrainingState<Scalar>) throws {
    try writeCheckpoint(state)
    if let path = options.saveBest, let network = state.bestNetwork,
      let best = run.configuration.bestEpoch(of: state.history)
    {
      try save(network, epoch: best.epoch, to: path)
    }
  }

  /// Writes what an epoch has changed.
  func keep<Scalar: SparseScalar>(_ state: TrainingState<Scalar>, isBest: Bool) throws {
    if let path = options.saveBest, isBest { try save(state.network, epoch: state.history.count, to: path) }
    try writeCheckpoint(state)
  }

  /// Writes the results of the run.
  func end<Scalar: SparseScalar>(_ state: TrainingState<Scalar>, _ summary: RunSummary) throws {
    switch summary.status {
    case .completed, .outOfPatience:
      if state.history.isEmpty { try writeCheckpoint(state) }
      if let path = options.save { try save(state.network, epoch: state.history.count, to: path) }
      if let path = options.saveBest, state.history.isEmpty { try save(state.network, epoch: 0, to: path) }
    case .interrupted: try writeCheckpoint(state)
    case .diverged: break
    }
  }

  private func writeCheckpoint<Scalar: SparseScalar>(_ state: TrainingState<Scalar>) throws {
    guard let path = options.checkpoint, let provenance = run.provenance else { return }
    let checkpoint = Checkpoint(state, configuration: run.configuration, provenance: provenance)
    try write(checkpoint.file, to: path)
  }

  private func save<Scalar: SparseScalar>(_ network: Network<Scalar>, epoch: Int, to path: String) throws {
    guard let provenance = run.provenance else { return }
    let model = Safetensors(
      model: network, configuration: run.configuration, provenance: provenance, epoch: epoch)
    try write(model, to: path)
  }

  /// A failure from here on is one of writing: that the file could be created has been checked.
  private func write(_ contents: Safetensors, to path: String) throws {
    do {
      try replaceFile(at: path, with: contents.encoded())
    } catch {
      throw Failure(.writeFailed, "\(error)")
    }
  }
}
