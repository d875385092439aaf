internal import CKernels

/// Numbers in memory that begins at a multiple of 64 bytes, the alignment of the widest registers. Arrays do not
/// promise it.
@safe final class AlignedStorage<Element: SparseScalar> {
  /// The numbers in a vector.
  static var lanes: Int { nettrain_vector_bytes / MemoryLayout<Element>.stride }

  @unsafe let elements: UnsafeMutableBufferPointer<Element>

  /// Zeros.
  init(vectors: Int) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: nettrain_vector_bytes * vectors, alignment: nettrain_vector_bytes)
    unsafe elements = bytes.bindMemory(to: Element.self)
    unsafe elements.initialize(repeating: 0)
  }

  /// A copy.
  convenience init(_ other: AlignedStorage) {
    unsafe self.init(vectors: other.elements.count / Self.lanes)
    _ = unsafe elements.update(from: other.elements)
  }

  deinit { unsafe UnsafeMutableRawBufferPointer(elements).deallocate() }
}

// Copy-on-write: a value that owns a storage copies it before writing if it is shared.
extension AlignedStorage: @unchecked Sendable {}
