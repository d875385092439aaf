import CZlib

/// The contents of gzip data, decompressed by zlib from a single buffer, with each member's sum and length compared
/// once more. `nil` if the data are damaged; data that are not gzip are their own contents.
package func referenceContents(ofGzip bytes: [UInt8]) -> [UInt8]? {
  guard bytes.starts(with: [0x1f, 0x8b]) else { return bytes }
  var contents: [UInt8] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    guard let member = inflated(Array(rest), windowBits: 31) else { return nil }
    rest = rest.dropFirst(member.length)
    let trailer = bytes[..<rest.startIndex].suffix(8)
    let numbers = [trailer.prefix(4), trailer.suffix(4)].map { $0.reversed().reduce(UInt(0)) { $0 << 8 | UInt($1) } }
    let sum = unsafe member.contents.withUnsafeBufferPointer { unsafe crc32(0, $0.baseAddress, UInt32($0.count)) }
    require(numbers == [UInt(sum), UInt(member.contents.count)], "zlib checks sum and length")
    contents += member.contents
  }
  return contents
}

/// Decompresses in steps of 8 KiB.
/// - Parameters:
///   - bytes: The compressed data, and what may follow them.
///   - windowBits: zlib's number for the format: 31 for gzip, -15 for deflated data alone.
/// - Returns: The contents and their length before; `nil` if they are damaged or cut off.
func inflated(_ bytes: [UInt8], windowBits: CInt) -> (contents: [UInt8], length: Int)? {
  var (bytes, contents) = (bytes, [UInt8]())
  var part = [UInt8](repeating: 0, count: 1 << 13)
  var stream = unsafe z_stream()
  let size = unsafe CInt(MemoryLayout<z_stream>.size)
  guard unsafe inflateInit2_(&stream, windowBits, ZLIB_VERSION, size) == Z_OK else { return nil }
  defer { unsafe inflateEnd(&stream) }
  return unsafe bytes.withUnsafeMutableBufferPointer { input in
    unsafe (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
    while true {
      let status = unsafe part.withUnsafeMutableBufferPointer { output in
        unsafe (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
        return unsafe inflate(&stream, Z_NO_FLUSH)
      }
      guard status == Z_OK || status == Z_STREAM_END else { return nil }
      contents += unsafe part[..<(part.count - Int(stream.avail_out))]
      if status == Z_STREAM_END { return unsafe (contents, Int(stream.total_in)) }
    }
  }
}
