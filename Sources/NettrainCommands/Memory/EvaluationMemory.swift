import Datasets
import Training

extension MemoryNeed {
  /// The need of classifying the examples of some data by a model, which has been read.
  init(evaluating model: Model, on data: DataOutline) {
    self.init(data)
    let network = NetworkSize(sizes: model.sizes)
    // The network with its first weights in rows and then in panels, and the buffers of a chunk with its outputs.
    add(Double(model.precision.byteCount) * (network.parameters + 2 * network.firstWeights))
    let buffers = network.buffers(hasDenseInputs: true) + 4 * Double(data.classCount)
    add(8 * Double(Classifier.chunkSize) * buffers)
    // Each mistake is kept, and so is a compressed copy of the images if they are not compressed already.
    add(40 * Double(max(data.trainingCount, data.testCount)))
    if !data.isCompressed { add(data.compressedByteCount) }
  }
}
