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
    self.init(dtype: .float64, shape: shape, bytes: littleEndianBytes(numbers) { $0.bitPattern })
  }

  /// A tensor of single precision numbers; there are as many as the product of `shape`.
  public init(_ numbers: [Float], shape: [Int]) {
    self.init(dtype: .float32, shape: shape, bytes: littleEndianBytes(numbers) { $0.bitPattern })
  }

  /// A tensor of unsigned integers; there are as many as the product of `shape`.
  public init(_ numbers: [UInt64], shape: [Int]) {
    self.init(dtype: .uint64, shape: shape, bytes: littleEndianBytes(numbers) { $0 })
  }

  /// The elements of a tensor of doubles; `nil` for any other type.
  public var doubles: [Double]? {
    dtype == .float64 ? numbers(in: bytes) { Double(bitPattern: $0) } : nil
  }

  /// The elements of a tensor of single precision numbers; `nil` for any other type.
  public var floats: [Float]? {
    dtype == .float32 ? numbers(in: bytes) { Float(bitPattern: $0) } : nil
  }

  /// The elements of a tensor of unsigned integers of 64 bits; `nil` for any other type.
  public var words: [UInt64]? {
    dtype == .uint64 ? numbers(in: bytes) { $0 as UInt64 } : nil
  }
}

/// The integers that numbers are stored as, one after the other. No other copy is made of numbers that may be many.
private func littleEndianBytes<Number, Integer: FixedWidthInteger & BitwiseCopyable>(
  _ numbers: [Number], _ integer: (Number) -> Integer
) -> [UInt8] {
  let size = MemoryLayout<Integer>.size
  return unsafe Array(unsafeUninitializedCapacity: numbers.count * size) { bytes, count in
    for index in numbers.indices {
      unsafe UnsafeMutableRawBufferPointer(bytes).storeBytes(
        of: integer(numbers[index]).littleEndian, toByteOffset: index * size, as: Integer.self)
    }
    count = numbers.count * size
  }
}

/// The numbers that integers stand for, which are stored one after the other.
private func numbers<Number, Integer: FixedWidthInteger & BitwiseCopyable>(
  in bytes: [UInt8], _ number: (Integer) -> Number
) -> [Number] {
  let size = MemoryLayout<Integer>.size
  return unsafe bytes.withUnsafeBytes { bytes in
    (0..<bytes.count / size).map { index in
      number(Integer(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: index * size, as: Integer.self)))
    }
  }
}
