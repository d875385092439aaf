private import CZlib

/// Decompresses gzip data, member after member, and checks each member's CRC and length.
///
/// It calls zlib's `inflate`. The `gz…` functions of zlib would take a truncated file for a short one, drop bytes after
/// the last member and pass a file through that is not gzip.
@safe
final class Inflater {
  /// zlib keeps a pointer to the stream, so it may not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// The result of one call of `inflate`.
  struct Progress {
    var consumed: Int
    var produced: Int
    /// Whether a member ended, its CRC and length found right.
    var endsMember: Bool
  }

  /// Begins at the first byte of a member.
  init() throws(DataError.Fault) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let gzipWithLargestWindow: CInt = 15 + 16
    let status = unsafe inflateInit2_(
      stream, gzipWithLargestWindow, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .corruptGzip("zlib cannot start: status \(status)") }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Decompresses as much of a part of `input` as there is room for in `output` from `start` on.
  func inflate(
    _ input: [UInt8], _ part: Range<Int>, into output: inout [UInt8], from start: Int
  ) throws(DataError.Fault) -> Progress {
    let offered = (input: UInt32(clamping: part.count), output: UInt32(clamping: output.count - start))
    let status = unsafe input.withUnsafeBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        // zlib declares its input without `const` and does not write to it.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress.map { unsafe $0 + part.lowerBound })
        unsafe stream.pointee.avail_in = offered.input
        unsafe stream.pointee.next_out = output.baseAddress.map { unsafe $0 + start }
        unsafe stream.pointee.avail_out = offered.output
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw .corruptGzip(unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "status \(status)")
    }
    return unsafe Progress(
      consumed: Int(offered.input - stream.pointee.avail_in),
      produced: Int(offered.output - stream.pointee.avail_out),
      endsMember: status == Z_STREAM_END)
  }

  /// Begins anew at the next member.
  func startNextMember() {
    unsafe inflateReset(stream)
  }
}
