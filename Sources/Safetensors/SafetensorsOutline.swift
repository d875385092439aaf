/// The contents of a safetensors file but for the data of its tensors.
public struct SafetensorsOutline: Sendable {
  /// The shapes of the tensors by their names.
  public let shapes: [String: [Int]]

  /// The size of the file.
  public let byteCount: Int

  /// The strings by their keys.
  public let metadata: [String: String]

  /// Reads the header of a regular file.
  public init(readingFrom path: String) throws(SafetensorsError) {
    let header: Header
    (header, byteCount) = try Safetensors.read(path) { byteCount, take throws(SafetensorsError.Code) in
      (try Safetensors.readHeader(byteCount: byteCount, take: take), byteCount)
    }
    shapes = Dictionary(header.entries.map { ($0.name, $0.shape) }) { first, _ in first }
    metadata = header.metadata
  }
}
