import Training

extension MemoryNeed {
  /// The need of reading images by a model, which has been read.
  init(predicting model: Model) {
    self.init()
    let network = NetworkSize(sizes: model.sizes)
    let (inputs, rows) = (Double(model.sizes[0]), Double(Classifier.chunkSize))
    // The network with its first weights in rows and then in panels, and the buffers of a chunk with its outputs.
    add(Double(model.precision.byteCount) * (network.parameters + 2 * network.firstWeights))
    add(8 * rows * (network.buffers(hasDenseInputs: true) + 4 * Double(model.sizes[model.sizes.count - 1])))
    // The pixels of a chunk as they are read, as a data set, and compressed.
    add(6 * rows * inputs)
  }
}
