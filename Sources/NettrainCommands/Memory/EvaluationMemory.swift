import Datasets
import Safetensors
import Training

extension MemoryNeed {
  /// The need of reading a model; `nil` if it is no file with the header of one.
  init?(reading path: String) {
    guard path != "-", let outline = try? SafetensorsOutline(readingFrom: path), let sizes = Model.sizes(in: outline)
    else { return nil }
    self.init()
    buffers = 0
    // The file, with a copy for its hash, and the weights in double precision.
    add(2 * Double(outline.byteCount) + 8 * NetworkSize(sizes: sizes).parameters)
  }

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

  /// Adds the picture of a model's first weights: them as rows of images and as text for gnuplot, and the file.
  mutating func add(pictureOf model: Model) { add(80 * NetworkSize(sizes: model.sizes).firstWeights) }
}
