import ArgumentParser
import FoundationEssentials
import LinearAlgebra
import Safetensors
import SystemPackage
import Training

/// A run that goes on from a checkpoint.
struct ResumedRun {
  private let path: String
  private let checkpoint: Checkpoint

  /// The options that the checkpoint was written for, as they are typed.
  let words: [String]

  /// Reads a checkpoint.
  init(readingFrom path: String) throws {
    self.path = path
    let file = try Safetensors(readingFrom: path)
    do {
      checkpoint = try Checkpoint(file)
    } catch {
      throw Failure(.malformedData, "\(path): \(error)")
    }
    var words = RunIdentity.words(from: file.metadata) + ["--epochs=\(file.metadata["epochs"] ?? "")"]
    if let data = file.metadata["data"] {
      let former = FilePath(file.metadata["working_folder"] ?? "")
      words.append("--data=\(former == Self.workingFolder ? data : former.pushing(FilePath(data)).string)")
    }
    self.words = words
    do {
      _ = try TrainArguments.parse(words)
    } catch {
      throw Failure(.malformedData, "\(path): \(CheckpointFault.malformed("description of the run"))")
    }
  }

  /// Where relative names begin.
  fileprivate static var workingFolder: FilePath { FilePath(FileManager.default.currentDirectoryPath) }

  /// Where the run goes on, for people.
  var notes: [String] {
    let epochs = checkpoint.epochsDone
    return ["going on \(epochs == 0 ? "in the first epoch" : "after epoch \(epochs)") of \(path)"]
  }

  /// Settles what the options leave open. Options that make no sense beside those of the checkpoint make another run.
  func prepare(_ arguments: TrainArguments) throws -> RunDescription {
    func otherRun(_ message: String) -> Failure {
      Failure(.otherRun, "--resume \(path): this is not the run of the checkpoint: \(message)")
    }
    do {
      return try arguments.prepare()
    } catch let error as ValidationError {
      throw otherRun(error.message)
    } catch let failure as Failure where failure.status == ExitStatus.usage.rawValue {
      throw otherRun(failure.message ?? "")
    }
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
  func checkpointMetadata(_ identity: RunIdentity) -> [String: String] {
    var metadata = identity.metadata
    if let typedFolder {
      metadata["data"] = typedFolder
      metadata["working_folder"] = ResumedRun.workingFolder.string
    }
    metadata["epochs"] = "\(epochs)"
    return metadata
  }
}
