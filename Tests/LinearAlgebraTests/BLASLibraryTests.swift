import LinearAlgebra
import Testing

@Test("the BLAS says its name, its version and its kernel")
func identity() {
  #expect(BLASLibrary.name.wholeMatch(of: /OpenBLAS \d+\.\d+(\.\d+)?\S*/) != nil)
  #expect(!BLASLibrary.kernel.isEmpty)
}
