/// The type of a tensor's elements. The raw value is its name in a file.
///
/// - Source: `Dtype` of the reference implementation, safetensors 0.8.0, in its order.
public enum DType: String, CaseIterable, Sendable {
  /// Booleans of one byte, 0 or 1.
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
  /// Powers of two of 8 bits, all of them exponent.
  case float8E8M0 = "F8_E8M0"
  /// Like ``float8E4M3``, with neither infinities nor a negative zero.
  case float8E4M3FNUZ = "F8_E4M3FNUZ"
  /// Like ``float8E5M2``, with neither infinities nor a negative zero.
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

  /// The number of bits of one element: the first number in the name, and 8 for `BOOL`.
  public var bitCount: Int {
    Int(rawValue.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 8
  }

  /// The number of bits of a tensor of this shape; `nil` if it overflows.
  func bitCount(shape: [Int]) -> UInt64? {
    var bits: UInt64 = 1
    // The element size is the last factor, as in the reference: an overflow is one even if a 0 follows.
    for factor in shape + [bitCount] {
      guard let factor = UInt64(exactly: factor) else { return nil }
      let (product, overflows) = bits.multipliedReportingOverflow(by: factor)
      guard !overflows else { return nil }
      bits = product
    }
    return bits
  }
}
