import CZlib
import Datasets
import Safetensors

extension FuzzTarget {
  /// The input with the sums that its contents have; `nil` if there is nothing to repair.
  package func repaired(_ input: [UInt8]) -> [UInt8]? {
    switch self {
    case .gzip, .idx: repairedGzip(input)
    case .png: repairedPNG(input)
    case .model, .safetensors: repairedLength(input)
    case .checkpoint: repairedDigest(input)
    default: nil
    }
  }
}

private func sum(_ bytes: some Collection<UInt8>) -> UInt32 {
  let bytes = Array(bytes)
  return unsafe bytes.withUnsafeBufferPointer {
    UInt32(truncatingIfNeeded: unsafe crc32(0, $0.baseAddress, UInt32($0.count)))
  }
}

private func littleEndian(_ number: UInt64, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// One member of gzip with a plain header: sum and length follow from what can be decompressed.
private func repairedGzip(_ input: [UInt8]) -> [UInt8]? {
  guard input.count >= 18, input.starts(with: [0x1f, 0x8b, 8, 0]) else { return nil }
  guard let deflated = inflated(Array(input[10...]), windowBits: -15) else { return nil }
  let end = 10 + deflated.length
  return input[..<end] + littleEndian(UInt64(sum(deflated.contents)), 4)
    + littleEndian(UInt64(deflated.contents.count), 4)
}

/// The sums of all chunks of a PNG file.
private func repairedPNG(_ input: [UInt8]) -> [UInt8]? {
  guard input.count > 8 else { return nil }
  var (result, place) = (input, 8)
  while place + 12 <= result.count {
    let length = result[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    guard place + 12 + length <= result.count else { break }
    let end = place + 8 + length
    result.replaceSubrange(end..<end + 4, with: littleEndian(UInt64(sum(result[place + 4..<end]).byteSwapped), 4))
    place = end + 4
  }
  return result
}

/// The length of the header, up to the last brace and the spaces behind it.
private func repairedLength(_ input: [UInt8]) -> [UInt8]? {
  guard input.count > 8, let brace = input.dropFirst(8).lastIndex(of: UInt8(ascii: "}")) else { return nil }
  let spaces = input[(brace + 1)...].prefix { $0 == UInt8(ascii: " ") }
  return littleEndian(UInt64(spaces.endIndex - 8), 8) + input[8...]
}

/// The digest of a checkpoint.
private func repairedDigest(_ input: [UInt8]) -> [UInt8]? {
  guard let file = (try? Safetensors(bytes: input)) ?? repairedLength(input).flatMap({ try? Safetensors(bytes: $0) })
  else { return nil }
  var metadata = file.metadata
  metadata["sha256"] = nil
  let rest = Safetensors(tensors: file.tensors, metadata: metadata).encoded()
  metadata["sha256"] = SHA256Digest.hexadecimal(of: rest)
  return Safetensors(tensors: file.tensors, metadata: metadata).encoded()
}
