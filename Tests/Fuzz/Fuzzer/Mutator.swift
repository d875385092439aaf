import CFuzzer
import Targets

/// Changes an input. Of some formats every other input gets right sums again, and of text a number becomes another: no chance
/// would find them.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: CUnsignedInt) -> Int {
  var input: [UInt8]
  if target.hasNumbers, seed % 4 == 1,
    let other = withAnotherNumber(unsafe Array(UnsafeBufferPointer(start: data, count: count)), seed: Int(seed / 8))
  {
    input = other
  } else {
    let changed = unsafe LLVMFuzzerMutate(data, count, limit)
    input = unsafe Array(UnsafeBufferPointer(start: data, count: changed))
  }
  if seed & 4 == 0, let repaired = target.repaired(input) { input = repaired }
  guard input.count <= limit else { return unsafe LLVMFuzzerMutate(data, count, limit) }
  for (index, byte) in input.enumerated() { unsafe data[index] = byte }
  return input.count
}
