/// A tensor as a file stores it: row-major, the last dimension varies fastest.
public struct Tensor: Equatable, Sendable {
  /// The type of the elements.
  public let dtype: DType

  /// The dimensions; a single number has none.
  public let shape: [Int]

  /// The elements, in little-endian byte order.
  public let bytes: [UInt8]

  /// A tensor of elements that are encoded already; `bytes` has as many bytes as they take.
  public init(dtype: DType, shape: [Int], bytes: [UInt8]) {
    precondition(
      dtype.bitCount(shape: shape) == UInt64(8 * bytes.count), "a tensor has as many bytes as its shape says")
    self.dtype = dtype
    self.shape = shape
    self.bytes = bytes
  }

  /// A tensor of doubles; there are as many as the product of `shape`.
  public init(_ numbers: [Double], shape: [Int]) {
    self.init(dtype: .float64, shape: shape, bytes: littleEndianBytes(numbers.map(\.bitPattern)))
  }

  /// A tensor of single precision numbers; there are as many as the product of `shape`.
  public init(_ numbers: [Float], shape: [Int]) {
    self.init(dtype: .float32, shape: shape, bytes: littleEndianBytes(numbers.map(\.bitPattern)))
  }

  /// A tensor of unsigned integers; there are as many as the product of `shape`.
  public init(_ numbers: [UInt64], shape: [Int]) {
    self.init(dtype: .uint64, shape: shape, bytes: littleEndianBytes(numbers))
  }

  /// The elements of a tensor of doubles; `nil` for any other type.
  public var doubles: [Double]? {
    dtype == .float64 ? integers(UInt64.self, in: bytes).map { Double(bitPattern: $0) } : nil
  }

  /// The elements of a tensor of single precision numbers; `nil` for any other type.
  public var floats: [Float]? {
    dtype == .float32 ? integers(UInt32.self, in: bytes).map { Float(bitPattern: $0) } : nil
  }

  /// The elements of a tensor of unsigned integers of 64 bits; `nil` for any other type.
  public var words: [UInt64]? {
    dtype == .uint64 ? integers(UInt64.self, in: bytes) : nil
  }
}

private func littleEndianBytes<Integer: FixedWidthInteger>(_ integers: [Integer]) -> [UInt8] {
  unsafe integers.map(\.littleEndian).withUnsafeBytes { unsafe Array($0) }
}

private func integers<Integer: FixedWidthInteger & BitwiseCopyable>(
  _ type: Integer.Type, in bytes: [UInt8]
) -> [Integer] {
  let size = MemoryLayout<Integer>.size
  return unsafe bytes.withUnsafeBytes { bytes in
    (0..<bytes.count / size).map { index in
      Integer(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: index * size, as: type))
    }
  }
}
