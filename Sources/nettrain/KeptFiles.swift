import LinearAlgebra
import NeuralNetwork
import Safetensors
import SystemPackage
import Training

/// The files that a training leaves: models and checkpoints.
struct KeptFiles {
  private let options: ModelOptions
  private let run: RunDescription
  private let identity: [String: String]
  private let checkpointMetadata: [String: String]

  /// Finds out whether all can be written, before training begins.
  /// - Parameters:
  ///   - options: What is to be kept.
  ///   - run: What is trained.
  ///   - identity: The run's identity; `nil` where nothing is kept, for it takes a hash of all data.
  ///   - others: The files that none of them may replace.
  /// - Throws: A failure, if one of them cannot be written.
  init(_ options: ModelOptions, of run: RunDescription, _ identity: RunIdentity?, sparing others: [String]) throws {
    self.options = options
    self.run = run
    self.identity = identity?.metadata ?? [:]
    checkpointMetadata = identity.map { run.checkpointMetadata($0) } ?? [:]
    var taken = others
    // Of a run that goes on elsewhere, the file that it comes from stays.
    if let resume = options.resume, let checkpoint = options.checkpoint, !isSameFile(resume, checkpoint) {
      taken.append(resume)
    }
    for (option, path) in options.outputs {
      guard !taken.contains(where: { isSameFile($0, path) }) else {
        throw Failure(
          .cannotCreateOutput, "\(option) \(path): the run needs this file for something else; choose another name")
      }
      taken.append(path)
      do {
        try checkReplaceable(path)
      } catch {
        throw Failure(.cannotCreateOutput, "\(error)")
      }
    }
  }

  /// Whether the network of the best epoch has to be remembered.
  var needBest: Bool { options.saveBest != nil || options.writtenCheckpoint != nil }

  /// A training begins or goes on.
  func begin<Scalar: BLASScalar>(_ state: TrainingState<Scalar>) throws {
    if options.resume != nil && options.checkpoint != nil { try writeCheckpoint(state) }
    if let path = options.saveBest, let network = state.bestNetwork, let best = state.history.best {
      try save(network, epoch: best.epoch, to: path)
    }
  }

  /// An epoch is done.
  func keep<Scalar: BLASScalar>(_ state: TrainingState<Scalar>, isBest: Bool) throws {
    if let path = options.saveBest, isBest { try save(state.network, epoch: state.history.count, to: path) }
    try writeCheckpoint(state)
  }

  /// The training has ended.
  func end<Scalar: BLASScalar>(_ state: TrainingState<Scalar>, _ summary: RunSummary) throws {
    switch summary.status {
    case .completed, .outOfPatience:
      if state.history.isEmpty { try writeCheckpoint(state) }
      if let path = options.save { try save(state.network, epoch: state.history.count, to: path) }
      if let path = options.saveBest, state.history.isEmpty { try save(state.network, epoch: 0, to: path) }
    case .interrupted: try writeCheckpoint(state)
    case .diverged: break
    }
  }

  private func writeCheckpoint<Scalar: BLASScalar>(_ state: TrainingState<Scalar>) throws {
    guard let path = options.writtenCheckpoint else { return }
    try replaceFile(at: path, with: Checkpoint(state, metadata: checkpointMetadata).file.encoded())
  }

  private func save<Scalar: BLASScalar>(_ network: Network<Scalar>, epoch: Int, to path: String) throws {
    var metadata = identity
    metadata["format"] = "nettrain model"
    metadata["layers"] = "\(run.sizes)"
    metadata["hidden_activation"] = "sigmoid"
    metadata["output_activation"] = run.objective.output.rawValue
    metadata["cost"] = run.objective.cost.rawValue
    metadata["softmax_scale"] = Formatting.plain(run.objective.softmaxScale)
    metadata["input_scale"] = "1/255"
    metadata["epoch"] = "\(epoch)"
    try replaceFile(at: path, with: Safetensors(model: network, metadata: metadata).encoded())
  }
}

/// Whether two names stand for the same file, be it there or not.
private func isSameFile(_ path: String, _ other: String) -> Bool {
  if let file = try? Stat(FilePath(path)), let other = try? Stat(FilePath(other)) {
    return file.deviceID == other.deviceID && file.inode == other.inode
  }
  return place(path) == place(other)
}

/// The folder that a name is in, and the name there.
private func place(_ path: String) -> [String] {
  let path = FilePath(path).lexicallyNormalized()
  let folder = path.removingLastComponent()
  let status = try? Stat(folder.isEmpty ? "." : folder)
  return [status.map { "\($0.deviceID) \($0.inode)" } ?? folder.string, path.lastComponent?.string ?? ""]
}
