import Datasets
import Training

extension MemoryNeed {
  /// The need of training runs with some choices, several at a time, when the data have been read.
  init(comparing configurations: [TrainingConfiguration], jobs: Int, on data: DataOutline) {
    self.init()
    // Each run calls the BLAS by itself. The check before the data has taken a buffer, and the main thread trains too.
    (buffers, threads) = (jobs - 1, jobs - 1)
    let withData = MemoryNeed(data)
    let runs = configurations.map { configuration in
      // A stratified split follows the seed, so each run makes its own data.
      MemoryNeed(
        training: configuration, on: data, writing: nil, sharesData: configuration.validationSplit == .tail
      ).bytes - withData.bytes
    }
    add(Double(jobs) * (runs.max() ?? 0))
    // The smaller blocks of runs lie among each other, and leave gaps.
    add(4e6 * Double(jobs - 1))
  }
}

extension MemoryNeed {
  /// The need of the data of variants that share them, besides the data that have been read.
  init(makingDataOf options: DataOptions, on data: DataOutline) {
    self.init()
    buffers = 0
    var configuration = TrainingConfiguration.defaults
    options.set(&configuration, counting: data)
    if configuration.expand {
      add(data.expandedByteCount(training: configuration.limit, validation: configuration.validation))
    }
    // The images are put into the order of the split by a copy.
    if configuration.validationSplit == .stratified { add(data.byteCount) }
  }
}
