import Datasets
import Training
import Verification

extension MemoryNeed {
  /// The need of checking the claims on networks with hidden layers of the given sizes.
  init(verifying hidden: [Int], on data: DataOutline) {
    self.init(data)
    let network = NetworkSize(sizes: [data.pixelCount] + hidden + [data.classCount])
    // Every network before and after its training; the one under examination, changed, with its gradient.
    add(8 * network.parameters * Double(2 * Subject.networkCount + 2))
    // Training and evaluation, and the outputs for all test digits.
    let rows = Double(TrainingConfiguration.defaults.batchSize + 2 * evaluationChunkSize)
    add(8 * (rows * network.buffers(hasDenseInputs: true) + 2 * Double(data.testCount) * Double(data.classCount)))
  }
}
