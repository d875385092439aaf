import NeuralNetwork
import Safetensors
import SparseInputs

@testable import Datasets
@testable import NettrainCommands
@testable import Training

extension FuzzTarget {
  /// A model, as 'predict', 'page' and 'evaluate' read it.
  func readModel(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    let path = try scratch.write(input, as: "input")
    let model = try InitialModel(readingFrom: path)
    let contents = try SavedFileInput(path).contents
    let outline = try SafetensorsOutline(readingFrom: path)
    require(Model.sizes(in: outline) == model.model.sizes, "the outline has other sizes")
    require(model.model.network(Double.self).isFinite, "a weight is not finite")
    _ = SavedFile(metadata: contents.metadata)?.isOf(TrainingConfiguration(learningRate: 1), on: nil)
    if let objective = try? model.model.objectiveInUse(named: path).objective,
      model.model.sizes.allSatisfy({ $0 < 1000 })
    {
      var classifier = Classifier(model.model, objective)
      let classCount = classifier.classCount
      let images = Dataset(
        pixels: [UInt8](repeating: 100, count: classifier.inputCount), rows: 1, columns: classifier.inputCount,
        labels: [0])
      classifier.classify(Examples(of: images)) { _, outputs in
        require(outputs.classOfImage(0).map { $0 < classCount } ?? true, "an image has a class of its own")
      }
    }
    let page = try? PageModel(SavedFileInput(path))
    return "\(model.model.sizes) \(model.model.precision) \(page?.labels.count ?? 0)"
  }

  /// A checkpoint, as 'resume' reads it.
  func readCheckpoint(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    let path = try scratch.write(input, as: "input")
    if let outline = try? SafetensorsOutline(readingFrom: path),
      let (configuration, _) = Checkpoint.circumstances(in: outline.metadata)
    {
      let need = MemoryNeed(
        training: configuration, on: knownData, writing: nil, from: .checkpoint(outline.byteCount))
      require(need.bytes > 0, "a run needs no memory")
    }
    let contents = try SavedFileInput(path).contents
    do {
      let checkpoint = try Checkpoint(contents)
      // The sizes that the data would have.
      let inputs = contents.tensors["network.layers.0.weight"]?.shape.last ?? 1
      let classes = contents.tensors["network.layers.\(checkpoint.configuration.hidden.count).bias"]?.shape.last ?? 1
      let sizes = checkpoint.configuration.sizes(inputs: inputs, classes: classes)
      return switch checkpoint.configuration.precision {
      case .double: try readState(of: checkpoint, Double.self, sizes)
      case .single: try readState(of: checkpoint, Float.self, sizes)
      }
    } catch let error as TrainingError {
      throw Failure(.malformedData, "\(path): \(error)")
    }
  }

  private func readState<Scalar: SparseScalar>(
    of checkpoint: Checkpoint, _: Scalar.Type, _ sizes: [Int]
  ) throws -> String {
    let state = try checkpoint.state(Scalar.self, sizes: sizes)
    require(state.network.isFinite, "a weight is not finite")
    let written = Checkpoint(state, configuration: checkpoint.configuration, provenance: checkpoint.provenance)
    let again = try Checkpoint(written.file).state(Scalar.self, sizes: sizes)
    require(again.history == state.history && again.partialEpoch == state.partialEpoch, "progress cannot be written")
    let best = checkpoint.configuration.bestEpoch(of: state.history)
    return "\(sizes) \(checkpoint.epochsDone) \(best?.epoch ?? 0)"
  }
}

/// The data that a checkpoint is resumed with.
private let knownData = DataOutline(
  pixelCount: 4, classCount: 3, density: 0.5, trainingCount: 12, testCount: 4, imageBytes: 64, labelBytes: 16)
