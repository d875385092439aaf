import CFuzzer
import Targets

/// Changes an input. Of some formats every other input gets right sums again: no chance would find them.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: CUnsignedInt) -> Int {
  let changed = unsafe LLVMFuzzerMutate(data, count, limit)
  guard seed.isMultiple(of: 2) else { return changed }
  let input = unsafe Array(UnsafeBufferPointer(start: data, count: changed))
  guard let repaired = target.repaired(input), repaired.count <= limit else { return changed }
  for (index, byte) in repaired.enumerated() { unsafe data[index] = byte }
  return repaired.count
}
