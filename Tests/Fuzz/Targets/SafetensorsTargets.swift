import Datasets

@testable import Safetensors

extension FuzzTarget {
  /// A safetensors file.
  func readSafetensors(_ input: [UInt8]) throws -> String {
    let file = try Safetensors(bytes: input)
    let written = file.encoded()
    require(attempt { try Safetensors(bytes: written) } == file, "what was read cannot be written")
    require(
      file.tensors.values.reduce(0) { $0 + $1.bytes.count } == input.count - 8 - headerLength(input),
      "the tensors are not the data")
    let tensors = file.tensors.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let digest = SHA256Digest()
    for (name, tensor) in tensors {
      digest.update(Array("\(name) \(tensor.dtype.rawValue) \(tensor.shape)".utf8).span)
      digest.update(tensor.bytes.span)
    }
    for (key, text) in file.metadata.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      digest.update(Array("\(key)\n\(text)\n".utf8).span)
    }
    return "\(tensors.count) \(file.metadata.count) \(digest.finalize())"
  }

  /// The texts of headers, without the rules for tensors.
  func readJSON(_ input: [UInt8]) throws -> String {
    guard String(validating: input, as: UTF8.self) != nil else { throw SafetensorsError(.headerNotUTF8) }
    var reader = JSONReader(input)
    var count = 0
    do {
      try read(&reader, depth: 0, &count)
      try reader.expectOnlySpaces()
    } catch {
      throw SafetensorsError(error)
    }
    return "\(count) values"
  }

  /// Reads a value of any type, and those in it.
  private func read(
    _ reader: inout JSONReader, depth: Int, _ count: inout Int
  ) throws(SafetensorsError.Code) {
    count += 1
    var other = reader
    if let text = attempt({ try other.readString() }) {
      var writtenReader = JSONReader(Array(quoted(text).utf8))
      require(attempt { try writtenReader.readString() } == text, "a text cannot be written")
      reader = other
      return
    }
    other = reader
    if let numbers = attempt({ try other.readIntegers() }) {
      require(numbers.allSatisfy { $0 >= 0 }, "a number is negative")
      reader = other
      return
    }
    guard depth < 4 else { throw .headerEnds }
    try reader.readObject { name, reader throws(SafetensorsError.Code) in
      require(name.utf8.count <= 256, "a name is too long")
      try read(&reader, depth: depth + 1, &count)
    }
  }
}

/// The length of the header of a safetensors file.
private func headerLength(_ bytes: [UInt8]) -> Int { bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) } }
