/// Numbers in memory that begins at a multiple of 64 bytes, which arrays do not promise and the widest registers want.
///
/// Whoever holds one as part of a value makes a copy before it changes what others hold as well.
@safe final class AlignedStorage<Element: BLASScalar> {
  /// The numbers in a vector of 64 bytes.
  static var vectorCount: Int { 64 / MemoryLayout<Element>.stride }

  @unsafe let elements: UnsafeMutableBufferPointer<Element>

  /// Zeros.
  init(vectors: Int) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * vectors, alignment: 64)
    unsafe elements = bytes.bindMemory(to: Element.self)
    unsafe elements.initialize(repeating: 0)
  }

  /// A copy.
  init(_ other: AlignedStorage) {
    let bytes = unsafe UnsafeMutableRawBufferPointer.allocate(
      byteCount: 64 * (other.elements.count / Self.vectorCount), alignment: 64)
    unsafe elements = bytes.bindMemory(to: Element.self)
    _ = unsafe elements.initialize(from: other.elements)
  }

  deinit { unsafe UnsafeMutableRawBufferPointer(elements).deallocate() }
}

// Values change what they alone hold.
extension AlignedStorage: @unchecked Sendable {}
