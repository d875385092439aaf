import FoundationEssentials
import LinearAlgebra
import Safetensors
import SystemPackage
import Training

/// A run that goes on from a checkpoint.
struct ResumedRun {
  private let path: String
  private let checkpoint: Checkpoint

  /// What the checkpoint was written for, as it was typed, as far as it is not another time.
  let words: [String]

  /// Reads a checkpoint.
  init(readingFrom path: String) throws {
    let file = try Safetensors(readingFrom: path)
    do {
      checkpoint = try Checkpoint(file)
      var words = try JSONDecoder().decode([String].self, from: Data((file.metadata["arguments"] ?? "").utf8))
      if let data = file.metadata["data"] {
        let former = FilePath(file.metadata["working_folder"] ?? "")
        words += ["--data", former == Self.workingFolder ? data : former.pushing(FilePath(data)).string]
      }
      self.words = words
    } catch let fault as CheckpointFault {
      throw Failure(.malformedData, "\(path): \(fault)")
    } catch {
      throw Failure(.malformedData, "\(path): \(CheckpointFault.malformed("arguments"))")
    }
    self.path = path
  }

  /// Where relative names begin.
  fileprivate static var workingFolder: FilePath { FilePath(FileManager.default.currentDirectoryPath) }

  /// Where the run goes on, for people.
  var notes: [String] {
    let epochs = checkpoint.epochsDone
    return ["going on \(epochs == 0 ? "in the first epoch" : "after epoch \(epochs)") of \(path)"]
  }

  /// The hash of the model that the run began with, if there was one.
  var initialModelHash: String? { checkpoint.metadata["run.init-from"].flatMap { $0.isEmpty ? nil : $0 } }

  /// - Throws: A failure that names the differences, if this is not the run that the checkpoint was written for.
  func check(_ identity: RunIdentity, epochs: Int) throws {
    var difference = identity.difference(from: checkpoint.metadata)
    let formerEpochs = checkpoint.metadata["epochs"].flatMap { Int($0) } ?? 0
    if difference == nil && epochs < formerEpochs {
      difference = "--epochs is \(epochs) and was \(formerEpochs), which may only grow"
    }
    if let difference {
      throw Failure(
        .otherRun,
        "--resume \(path): this is not the run of the checkpoint: \(difference); make it the same, or start anew without "
          + "--resume")
    }
  }

  /// Where the run was.
  func state<Scalar: BLASScalar>(_: Scalar.Type, _ run: RunDescription) throws -> TrainingState<Scalar> {
    do {
      return try checkpoint.state(
        Scalar.self, sizes: run.sizes, trainingCount: run.split.training.count,
        batchSize: run.hyperparameters.batchSize)
    } catch {
      throw Failure(.malformedData, "\(path): \(error)")
    }
  }
}

extension RunDescription {
  /// What a checkpoint says of the run.
  func checkpointMetadata(_ identity: RunIdentity) throws -> [String: String] {
    let words = identity.words + ["--epochs", "\(epochs)"]
    var metadata = identity.metadata
    if let typedFolder {
      metadata["data"] = typedFolder
      metadata["working_folder"] = ResumedRun.workingFolder.string
    }
    metadata["arguments"] = String(decoding: try JSONEncoder().encode(words), as: UTF8.self)
    metadata["epochs"] = "\(epochs)"
    return metadata
  }
}
