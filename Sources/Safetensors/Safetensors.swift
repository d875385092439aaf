import Files

/// The contents of a safetensors file: named tensors, and strings that describe them.
///
///     little-endian u64 N | N bytes of JSON | the tensors' data, one after the other
///
/// Reading checks every byte, and is stricter than the format: duplicate names, unknown keys and stray line breaks are
/// refused, because their meaning would be a guess.
///
/// - Source: Hugging Face, "Safetensors", section "Format", and its reference implementation, version 0.8.0.
public struct Safetensors: Equatable, Sendable {
  /// The tensors by their names.
  public let tensors: [String: Tensor]

  /// The strings by their keys. Empty metadata is the same as none.
  public let metadata: [String: String]

  /// The contents of a file to be written. The names of tensors are not empty, and none is `__metadata__`.
  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    precondition(tensors[""] == nil && tensors[Header.metadataName] == nil, "a tensor has a name of its own")
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Decodes the bytes of a whole file.
  public init(bytes: [UInt8]) throws(SafetensorsError) {
    var rest = bytes[...]
    do throws(SafetensorsError.Code) {
      try self.init(byteCount: bytes.count) { count throws(SafetensorsError.Code) in
        defer { rest.removeFirst(count) }
        return Array(rest.prefix(count))
      }
    } catch {
      throw SafetensorsError(error)
    }
  }

  /// Reads a regular file.
  ///
  /// Every size that the file declares is compared with the size of the file before memory is allocated for it. Bytes
  /// that are appended to the file after it was opened are not read.
  public init(readingFrom path: String) throws(SafetensorsError) {
    self = try Self.read(path) { byteCount, take throws(SafetensorsError.Code) in
      try Safetensors(byteCount: byteCount, take: take)
    }
  }

  /// Returns as many of the next bytes as it is asked for. It is never asked for more than there are.
  typealias Take = (_ count: Int) throws(SafetensorsError.Code) -> [UInt8]

  static func read<Result>(
    _ path: String, _ body: (_ byteCount: Int, Take) throws(SafetensorsError.Code) -> Result
  ) throws(SafetensorsError) -> Result {
    func attempt<Value>(_ body: () throws(FileError) -> Value) throws(SafetensorsError.Code) -> Value {
      do { return try body() } catch { throw .file(error) }
    }
    do throws(SafetensorsError.Code) {
      let file = try attempt { () throws(FileError) in try ReadableFile(path) }
      let result = try body(file.byteCount) { count throws(SafetensorsError.Code) in
        try attempt { () throws(FileError) in try file.read(count) }
      }
      try attempt { () throws(FileError) in try file.checkUnchanged() }
      return result
    } catch {
      throw SafetensorsError(error, path: path)
    }
  }

  /// Decodes `byteCount` bytes.
  private init(byteCount: Int, take: Take) throws(SafetensorsError.Code) {
    let header = try Self.readHeader(byteCount: byteCount, take: take)
    try checkMemory(for: byteCount)
    var tensors: [String: Tensor] = [:]
    for entry in header.entries {
      let bytes = try take(entry.end - entry.begin)
      tensors[entry.name] = Tensor(dtype: entry.dtype, shape: entry.shape, bytes: bytes)
    }
    self.tensors = tensors
    metadata = header.metadata
  }

  /// Decodes the header of `byteCount` bytes.
  static func readHeader(byteCount: Int, take: Take) throws(SafetensorsError.Code) -> Header {
    guard byteCount > 0 else { throw .empty }
    guard byteCount >= Header.lengthOfLength else { throw .truncatedLength(found: byteCount) }
    let declared = try take(Header.lengthOfLength).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard declared <= Header.greatestLength else { throw .headerTooLong(declared) }
    let length = Int(declared)
    let rest = byteCount - Header.lengthOfLength
    guard length <= rest else { throw .truncatedHeader(expected: length, found: rest) }
    // The text, and what is made of it, which can be several times as large.
    try checkMemory(for: 10 * length)
    return try Header(try take(length), dataCount: rest - length)
  }

  /// The bytes of the file. Equal contents have equal bytes.
  ///
  /// The tensors with the largest elements come first, and the data begins at a multiple of 8 bytes. So each tensor is
  /// aligned to its elements, and a reader can use it in place.
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

/// Compares names byte by byte. Strings in Swift have another order.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
