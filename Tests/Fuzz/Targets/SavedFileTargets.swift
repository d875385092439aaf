import Assessment
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
    try evaluate(model, ExampleSet.allCases[input.count % ExampleSet.allCases.count])
    let page = try? PageModel(SavedFileInput(path))
    return "\(model.model.sizes) \(model.model.precision) \(page?.labels.count ?? 0)"
  }

  /// Judges a model by some images, unless that would take too long, on the data that it was trained on.
  private func evaluate(_ model: InitialModel, _ set: ExampleSet) throws {
    let sizes = model.model.sizes
    guard sizes.allSatisfy({ $0 <= 64 }), let objective = try? model.model.objectiveInUse(named: model.path).objective
    else { return }
    let folder = DataFolder(
      path: "data", training: images(12, sizes), test: images(4, sizes), files: [],
      sha256: model.model.provenance?.sha256, firstLabel: 0, differingCopies: [])
    try model.check(against: folder)
    let (examples, positions, _) = try set.examples(of: folder, for: model.model, in: model.path)
    var classifier = Classifier(model.model, objective)
    let report = EvaluationReport(
      model: model, set: set, folder: folder, assessment: Assessment(of: &classifier, on: examples),
      positions: positions, first: examples.range.lowerBound)
    guard report.assessment.isFinite else { return }
    require(!report.text(mistakeCount: 10).isEmpty && !report.record.json.isEmpty, "a report has no text")
    require(report.classRecords.count == classifier.classCount, "a class has no record")
    require(!report.picture(of: examples).commands.isEmpty && !report.weightPicture.commands.isEmpty, "no picture")
  }

  /// Images in one row, for a network of some sizes. The first one is of the last class.
  private func images(_ count: Int, _ sizes: [Int]) -> Dataset {
    let classCount = sizes[sizes.count - 1]
    return Dataset(
      pixels: (0..<count * sizes[0]).map { UInt8(truncatingIfNeeded: $0 &* 37) }, rows: 1, columns: sizes[0],
      labels: (0..<count).map { UInt8($0 == 0 ? classCount - 1 : $0 % classCount) })
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
    return try "\(sizes) \(checkpoint.epochsDone) \(best?.epoch ?? 0) \(train(checkpoint, state, sizes))"
  }

  /// Trains a few mini-batches more, on data such as 'resume' would find; "large" if that would take too long.
  private func train<Scalar: SparseScalar>(
    _ checkpoint: Checkpoint, _ state: TrainingState<Scalar>, _ sizes: [Int]
  ) throws -> String {
    var configuration = checkpoint.configuration
    configuration.epochs = max(configuration.epochs, state.history.count + 1)
    let testCount = state.history.lazy.compactMap(\.test).first?.count ?? 4
    let (limit, held) = (configuration.limit, configuration.validation)
    guard limit <= 64, held <= 64, testCount <= 64, sizes.allSatisfy({ $0 <= 64 }) else { return "large" }
    guard configuration.kernel == .dense || Pixels.areCompressible(pixelCount: sizes[0]) else { return "wide" }
    let folder = DataFolder(
      path: "data", training: images(limit + held, sizes), test: images(testCount, sizes), files: [],
      sha256: checkpoint.provenance.sha256, firstLabel: 0, differingCopies: [])
    let data = try TrainingData(folder, configuration.dataChoices)
    guard data.training.count == configuration.trainingCount, data.classCount == sizes[sizes.count - 1] else {
      throw Failure(.malformedData, "the data are others")
    }
    var trainer = try Trainer(resuming: state, configuration, data, keepsBest: true)
    var left = 3
    var records: [Record] = [
      .start(Run(configuration: configuration, data: data, dataFiles: [], usesBundledDigits: false))
    ]
    let summary = try trainer.train { record, _ in
      records.append(.epoch(record, withSaturation: configuration.saturation))
    } shouldContinue: { _ in
      left -= 1
      return left >= 0
    }
    records.append(.end(summary))
    require(records.allSatisfy { !$0.json.isEmpty && !$0.csvRow.isEmpty }, "a record has no text")
    if case .diverged = summary.status { return "diverged" }
    let kept = Checkpoint(trainer.state, configuration: configuration, provenance: checkpoint.provenance)
    let again = try Checkpoint(kept.file).state(Scalar.self, sizes: sizes)
    require(again.history == trainer.state.history, "the progress of a resumed run cannot be read")
    return "\(trainer.state.history.count) \(trainer.state.partialEpoch.examplesSeen)"
  }
}

/// The data that a checkpoint is resumed with.
private let knownData = DataOutline(
  pixelCount: 4, classCount: 3, density: 0.5, trainingCount: 12, testCount: 4, imageBytes: 64, labelBytes: 16)
