import Datasets
import Verification

extension MemoryNeed {
  /// The need of checking the claims on networks with hidden layers of the given sizes.
  init(verifying hidden: [Int], on data: DataOutline) {
    self.init(data)
    let network = NetworkSize(sizes: [data.pixelCount] + hidden + [data.classCount])
    // Every network before and after its training; the one under examination, changed, with its gradient.
    add(8 * network.parameters * Double(2 * Subject.networkCount + 3))
    // All test digits at once.
    add(8 * Double(data.testCount) * network.buffers(hasDenseInputs: true))
  }
}
