import Datasets
import Training

extension MemoryNeed {
  /// The need of training runs with some choices, several at a time, when the data have been read.
  init(comparing configurations: [TrainingConfiguration], jobs: Int, on data: DataOutline) {
    self.init()
    // Each run calls the BLAS by itself, which has a buffer for each call under way.
    threads = jobs
    let withData = MemoryNeed(data)
    let run = configurations.map { MemoryNeed(training: $0, on: data, writing: nil).bytes - withData.bytes }.max() ?? 0
    add(Double(jobs) * run)
  }
}
