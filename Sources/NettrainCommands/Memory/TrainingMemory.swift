import Datasets
import SparseInputs
import Training

extension MemoryNeed {
  /// The file that a run starts or goes on from.
  enum FormerFile {
    case none
    /// A model of so many bytes.
    case model(Int)
    /// A checkpoint of so many bytes.
    case checkpoint(Int)
  }

  /// The need of a training, with that of expanded data unless it shares them.
  init(
    training configuration: TrainingConfiguration, on data: DataOutline, writing outputs: OutputOptions?,
    from file: FormerFile = .none, sharesData: Bool = false
  ) {
    self.init(data)
    (buffers, threads) = (configuration.threads, configuration.threads - 1)
    let network = NetworkSize(sizes: configuration.sizes(inputs: data.pixelCount, classes: data.classCount))
    let scalar = Double(configuration.precision.byteCount)
    let (parameters, isSparse) = (scalar * network.parameters, configuration.kernel == .sparse)
    let firstWeights = isSparse ? scalar * network.firstWeights : 0
    let rows = Double(configuration.batchSize + evaluationChunkSize)
    // With dropout, a mask for each hidden layer.
    let masks = configuration.dropout.isEmpty ? 0 : Double(configuration.batchSize) * network.hidden
    var buffers = scalar * (rows * network.buffers(hasDenseInputs: !isSparse) + masks)
    if configuration.optimizer == .adam {
      // The gradient. That of weights in panels is stored only for a large mini-batch.
      buffers += parameters - (configuration.batchSize > CompressedRows.blockSize ? 0 : firstWeights)
    }
    let writesCheckpoint = outputs?.checkpoint != nil
    // The record of an epoch takes 200 bytes, twice while the list of them grows, and more in a checkpoint's JSON.
    add((writesCheckpoint ? 2400 : 400) * Double(min(configuration.epochs, 1_000_000)))
    // A stratified split copies the examples.
    if configuration.validationSplit == .stratified { add(data.byteCount) }
    if configuration.expand {
      if !sharesData {
        add(data.expandedByteCount(training: configuration.limit, validation: configuration.validation))
      }
    } else if isSparse && !data.isCompressed {
      add(data.compressedByteCount)
    }
    // The images are put into the order of the split by a copy.
    if configuration.validationSplit == .stratified { add(atOneMoment: data.byteCount) }
    // The weights are drawn or read in rows, and then those of the first layer are copied into panels.
    var start = parameters + firstWeights
    var networks = 1.0
    switch file {
    case .none: break
    case .model(let bytes):
      // A model is read in double precision, before the data. Its hash is formed from a copy of the file.
      add(atOneMoment: 8 * network.parameters + 2 * Double(bytes) - data.byteCount)
      start += 8 * network.parameters
      networks += 1
    case .checkpoint(let bytes): add(Double(bytes))
    }
    networks += Double(configuration.momentCount)
    add(atOneMoment: start)
    // A network that is written is in memory twice more: as tensors, and as the bytes of the file. The best network is
    // the current one when it is written alone.
    if outputs?.saveBest != nil { add(atOneMoment: buffers + parameters * (networks + 2)) }
    if (outputs?.saveBest != nil || writesCheckpoint) && configuration.epochs > 1 { networks += 1 }
    let written = writesCheckpoint ? 4.0 : outputs?.save != nil ? 2 : 0
    add(atOneMoment: buffers + parameters * (networks + written))
  }

  /// The need of a command that reads a data set.
  init(_ data: DataOutline) {
    self.init()
    // An order of the training and one of the evaluated examples.
    add(data.byteCount + 4 * Double(data.trainingCount + max(data.trainingCount, data.testCount)))
  }
}
