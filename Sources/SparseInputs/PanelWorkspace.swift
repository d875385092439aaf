internal import CKernels

/// The buffers of a panel matrix's updates, made in the first of them.
struct PanelWorkspace<Element: SparseScalar>: Sendable {
  private var counts: [UInt16] = []
  private var entries: [UInt16] = []
  private var deltas = AlignedStorage<Element>(vectors: 0)
  private var gradient = AlignedStorage<Element>(vectors: 0)

  /// Makes room for an update from a number of rows.
  mutating func reserve(rows: Int, inputCount: Int) {
    if !isKnownUniquelyReferenced(&deltas) { deltas = AlignedStorage(deltas) }
    let block = min(rows, CompressedRows.blockSize)
    guard counts.count < inputCount || entries.count < block * inputCount else { return }
    counts = Array(repeating: 0, count: inputCount)
    entries = Array(repeating: 0, count: block * inputCount)
    deltas = AlignedStorage(vectors: nettrain_panel_vectors * block)
  }

  /// A gradient of zeros, of as many numbers as a matrix stores.
  @unsafe
  mutating func zeroGradient(count: Int) -> UnsafeMutableBufferPointer<Element> {
    if unsafe gradient.elements.count != count || !isKnownUniquelyReferenced(&gradient) {
      gradient = AlignedStorage(vectors: count / AlignedStorage<Element>.lanes)
    } else {
      unsafe gradient.elements.update(repeating: 0)
    }
    return unsafe gradient.elements
  }

  /// Calls `body` with the buffers as the C functions take them.
  @unsafe
  mutating func withUnsafeWorkspace(_ body: (nettrain_sparse_workspace) -> Void) {
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe entries.withUnsafeMutableBufferPointer { entries in
        unsafe body(
          nettrain_sparse_workspace(
            counts: counts.baseAddress, entries: entries.baseAddress, deltas: deltas.elements.baseAddress))
      }
    }
  }
}
