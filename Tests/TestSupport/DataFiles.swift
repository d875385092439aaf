/// The bytes of an IDX file; type 8 is unsigned bytes.
public func idx(type: UInt8 = 8, _ dimensions: [Int], _ bytes: [UInt8]) -> [UInt8] {
  let header = [0, 0, type, UInt8(dimensions.count)]
  let sizes = dimensions.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
  return header + sizes + bytes
}

/// Labels as QMNIST has them: rows of eight 32-bit integers, the class first.
public func labelTable(_ labels: [Int32]) -> [UInt8] {
  let rows = labels.map { [$0, 4, 2601, 7, -1, 23, 146, 0] }
  let integers = rows.joined().flatMap { number in
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
  return idx(type: 0x0c, [labels.count, 8], integers)
}

/// A gzip member that stores its bytes uncompressed, written from RFC 1951 and 1952 without zlib.
public func gzip(_ bytes: [UInt8]) -> [UInt8] {
  let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  precondition(bytes.count < 65536, "a stored block has at most 65,535 bytes")
  func littleEndian(_ number: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
  let length = UInt32(bytes.count)
  let sizes: [UInt8] = littleEndian(length, 2) + littleEndian(~length, 2)
  let trailer: [UInt8] = littleEndian(crc32(bytes), 4) + littleEndian(length, 4)
  return header + [1] + sizes + bytes + trailer
}

/// The CRC-32 of RFC 1952, bit by bit.
private func crc32(_ bytes: [UInt8]) -> UInt32 {
  var remainder: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    remainder ^= UInt32(byte)
    for _ in 0..<8 {
      let carry = remainder & 1
      remainder >>= 1
      if carry == 1 { remainder ^= 0xEDB8_8320 }
    }
  }
  return ~remainder
}
