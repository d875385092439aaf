/// The contents of a safetensors file: named tensors, and texts about them.
///
///     little-endian u64 N | N bytes of JSON | the tensors' data, one after the other
///
/// What is read is checked to the last byte, and more strictly than the format asks: of a name that stands twice, an
/// unknown key or a stray line break nobody should have to guess the meaning.
///
/// - Source: Hugging Face, "Safetensors", section "Format", and its reference implementation, version 0.8.0.
public struct Safetensors: Equatable, Sendable {
  /// The tensors by their names.
  public let tensors: [String: Tensor]

  /// Texts by their keys; a file without any does not differ from one with none.
  public let metadata: [String: String]

  /// The contents of a file to be written; a tensor has a name, other than `__metadata__`.
  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    precondition(tensors[""] == nil && tensors[Header.metadataName] == nil, "a tensor has a name of its own")
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Decodes the bytes of a file, all of which must belong to it.
  public init(bytes: [UInt8]) throws(SafetensorsFault) {
    var rest = bytes[...]
    try self.init(byteCount: bytes.count) { count throws(SafetensorsFault) in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
  }

  /// Decodes `byteCount` bytes, which `take` hands out in order; no more is asked for than is there.
  init(
    byteCount: Int, take: (_ count: Int) throws(SafetensorsFault) -> [UInt8]
  ) throws(SafetensorsFault) {
    guard byteCount > 0 else { throw .empty }
    guard byteCount >= 8 else { throw .truncatedLength(found: byteCount) }
    let declared = try take(8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard declared <= Header.greatestLength else { throw .headerTooLong(declared) }
    let length = Int(declared)
    guard length <= byteCount - 8 else { throw .truncatedHeader(expected: length, found: byteCount - 8) }
    let header = try Header(try take(length), dataCount: byteCount - 8 - length)
    var tensors: [String: Tensor] = [:]
    for entry in header.entries {
      let bytes = try take(entry.end - entry.begin)
      tensors[entry.name] = Tensor(dtype: entry.dtype, shape: entry.shape, bytes: bytes)
    }
    self.tensors = tensors
    metadata = header.metadata
  }

  /// The bytes of a file, the same for the same contents.
  ///
  /// The largest elements come first, and the data begins at a multiple of 8 bytes: so each tensor is aligned to its
  /// elements, and may be used where it lies.
  public func encoded() -> [UInt8] {
    let ordered = tensors.sorted { left, right in
      let sizes = (left.value.dtype.bitCount, right.value.dtype.bitCount)
      return sizes.0 == sizes.1 ? precedes(left.key, right.key) : sizes.0 > sizes.1
    }
    var end = 0
    let entries = ordered.map { name, tensor in
      let begin = end
      end += tensor.bytes.count
      return Header.Entry(name: name, dtype: tensor.dtype, shape: tensor.shape, begin: begin, end: end)
    }
    let header = Header(entries: entries, metadata: metadata).encoded()
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    bytes.reserveCapacity(8 + header.count + end)
    bytes += header
    for (_, tensor) in ordered { bytes += tensor.bytes }
    return bytes
  }
}

/// Whether a name stands before another, byte by byte: the order of Swift's strings is another one.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
