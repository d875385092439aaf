private import CKernels

/// Room for the updates of a panel matrix, made in the first of them.
struct SparseWorkspace<Element: BLASScalar>: Sendable {
  private var counts: [UInt16] = []
  private var entries: [UInt16] = []
  private var deltas = AlignedStorage<Element>(vectors: 0)

  /// Makes room for an update from a number of rows.
  mutating func reserve(rows: Int, inputCount: Int) {
    if !isKnownUniquelyReferenced(&deltas) { deltas = AlignedStorage(deltas) }
    let block = min(rows, nettrain_block_size)
    guard counts.count < inputCount || entries.count < block * inputCount else { return }
    counts = Array(repeating: 0, count: inputCount)
    entries = Array(repeating: 0, count: block * inputCount)
    deltas = AlignedStorage(vectors: 4 * block)
  }

  /// Calls `body` with the places of the parts in memory.
  @unsafe
  mutating func withUnsafePointers(_ body: (SparseWorkspacePointers) -> Void) {
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe entries.withUnsafeMutableBufferPointer { entries in
        guard let counts = counts.baseAddress, let entries = entries.baseAddress,
          let deltas = unsafe deltas.elements.baseAddress
        else { return }
        unsafe body(SparseWorkspacePointers(counts: counts, entries: entries, deltas: deltas))
      }
    }
  }
}
