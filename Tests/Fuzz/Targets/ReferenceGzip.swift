import CZlib

/// The contents of gzip data, decompressed in one step as zlib's manual has it, with each member's sum and length compared
/// once more. `nil` if the data are damaged; data that are not gzip are their own contents.
package func referenceContents(ofGzip bytes: [UInt8]) -> [UInt8]? {
  guard bytes.starts(with: [0x1f, 0x8b]) else { return bytes }
  var contents: [UInt8] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    guard let member = inflated(Array(rest)) else { return nil }
    rest = rest.dropFirst(member.length)
    let trailer = bytes[..<rest.startIndex].suffix(8)
    let numbers = [trailer.prefix(4), trailer.suffix(4)].map { $0.reversed().reduce(UInt(0)) { $0 << 8 | UInt($1) } }
    let sum = unsafe member.contents.withUnsafeBufferPointer { unsafe crc32(0, $0.baseAddress, UInt32($0.count)) }
    require(numbers == [UInt(sum), UInt(member.contents.count)], "zlib checks sum and length")
    contents += member.contents
  }
  return contents
}

/// The contents of the first member of gzip data, and its length.
private func inflated(_ bytes: [UInt8]) -> (contents: [UInt8], length: Int)? {
  var bytes = bytes
  var contents = [UInt8](repeating: 0, count: 1100 * bytes.count + 1024)
  var stream = unsafe z_stream()
  guard unsafe inflateInit2_(&stream, 31, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
  defer { unsafe inflateEnd(&stream) }
  let status = unsafe bytes.withUnsafeMutableBufferPointer { input in
    unsafe contents.withUnsafeMutableBufferPointer { output in
      unsafe (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
      unsafe (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
      return unsafe inflate(&stream, Z_FINISH)
    }
  }
  guard status == Z_STREAM_END else { return nil }
  return unsafe (Array(contents[..<Int(stream.total_out)]), Int(stream.total_in))
}
