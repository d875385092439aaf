import Safetensors
import Training

extension MemoryNeed {
  /// The need of writing a page with some models.
  init(pageOf models: [SafetensorsOutline]) {
    self.init()
    // Nothing is multiplied.
    buffers = 0
    for file in models {
      let (bytes, base64) = (Double(file.byteCount), 4 / 3 * Double(file.byteCount))
      // The text of the numbers stays; while it is made, there are the file, and its numbers in double precision.
      add(base64)
      let network = Model.sizes(in: file).map(NetworkSize.init)
      add(atOneMoment: 2 * bytes + 8 * (network?.parameters ?? 0))
    }
    let page = models.reduce(0) { $0 + 4 / 3 * Double($1.byteCount) }
    // The data of the page, which grow to that size, and its bytes.
    add(atOneMoment: 3 * page)
  }
}
