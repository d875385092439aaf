import Datasets
import Training

extension MemoryNeed {
  /// The need of training runs with some choices, several at a time, when the data have been read.
  init(comparing configurations: [TrainingConfiguration], jobs: Int, on data: DataOutline) {
    self.init()
    // Each run calls the BLAS by itself. The check before the data has taken a buffer. Dispatch has
    // a thread of its own.
    (buffers, threads) = (jobs - 1, jobs + 1)
    let withData = MemoryNeed(data)
    let run = configurations.map { MemoryNeed(training: $0, on: data, writing: nil).bytes - withData.bytes }.max() ?? 0
    add(Double(jobs) * run)
  }
}
