/// The type of a tensor's elements, by the name it has in a file.
///
/// - Source: `Dtype` of the reference implementation, safetensors 0.8.0, in its order.
public enum DType: String, CaseIterable, Sendable {
  /// One byte each, 0 or 1.
  case boolean = "BOOL"
  /// Floating point of 4 bits, two in a byte.
  case float4 = "F4"
  /// Floating point of 6 bits with 2 of exponent and 3 of fraction, four in three bytes.
  case float6E2M3 = "F6_E2M3"
  /// Floating point of 6 bits with 3 of exponent and 2 of fraction, four in three bytes.
  case float6E3M2 = "F6_E3M2"
  /// Unsigned integers of 8 bits.
  case uint8 = "U8"
  /// Signed integers of 8 bits.
  case int8 = "I8"
  /// Floating point of 8 bits with 5 of exponent and 2 of fraction.
  case float8E5M2 = "F8_E5M2"
  /// Floating point of 8 bits with 4 of exponent and 3 of fraction.
  case float8E4M3 = "F8_E4M3"
  /// Powers of two: 8 bits of exponent and nothing else.
  case float8E8M0 = "F8_E8M0"
  /// As ``float8E4M3``, with neither infinities nor a negative zero.
  case float8E4M3FNUZ = "F8_E4M3FNUZ"
  /// As ``float8E5M2``, with neither infinities nor a negative zero.
  case float8E5M2FNUZ = "F8_E5M2FNUZ"
  /// Signed integers of 16 bits.
  case int16 = "I16"
  /// Unsigned integers of 16 bits.
  case uint16 = "U16"
  /// IEEE half precision.
  case float16 = "F16"
  /// The upper half of IEEE single precision.
  case bfloat16 = "BF16"
  /// Signed integers of 32 bits.
  case int32 = "I32"
  /// Unsigned integers of 32 bits.
  case uint32 = "U32"
  /// IEEE single precision.
  case float32 = "F32"
  /// Complex numbers of two IEEE single precision parts.
  case complex64 = "C64"
  /// IEEE double precision.
  case float64 = "F64"
  /// Signed integers of 64 bits.
  case int64 = "I64"
  /// Unsigned integers of 64 bits.
  case uint64 = "U64"

  /// The size of one element.
  public var bitCount: Int {
    switch self {
    case .float4: 4
    case .float6E2M3, .float6E3M2: 6
    case .boolean, .uint8, .int8, .float8E5M2, .float8E4M3, .float8E8M0, .float8E4M3FNUZ, .float8E5M2FNUZ: 8
    case .int16, .uint16, .float16, .bfloat16: 16
    case .int32, .uint32, .float32: 32
    case .complex64, .float64, .int64, .uint64: 64
    }
  }

  /// Why a shape has no size in bytes.
  enum ShapeFault: Error {
    /// More bytes than can be counted.
    case overflow
    /// The elements end inside a byte.
    case partialByte
  }

  /// The size of a tensor of this shape.
  func byteCount(shape: [Int]) throws(ShapeFault) -> Int {
    // The reference counts without sign, and bit by bit from the left: a 0 does not undo an overflow before it.
    var bits: UInt64 = 1
    for factor in shape + [bitCount] {
      guard let factor = UInt64(exactly: factor) else { throw .overflow }
      let (product, overflows) = bits.multipliedReportingOverflow(by: factor)
      guard !overflows else { throw .overflow }
      bits = product
    }
    guard bits.isMultiple(of: 8) else { throw .partialByte }
    return Int(bits / 8)
  }
}
