import Memory
import Testing

@Suite("Memory") struct MemoryTests {
  @Test("a megabyte is there")
  func little() throws {
    try Memory.check(use: 1_000_000)
    try Memory.check(use: 0, reserve: 1_000_000)
  }

  @Test("more than a machine or an address space has is a shortage, with both sizes")
  func much() {
    let use = #expect(throws: MemoryShortage.self) { try Memory.check(use: 1 << 50) }
    #expect(use?.needed == 1 << 50)
    #expect(use.map { 0 < $0.available && $0.available < $0.needed } == true)
    for reserve in [1 << 50, Int.max] {
      let shortage = #expect(throws: MemoryShortage.self) { try Memory.check(use: 1, reserve: reserve) }
      #expect(shortage.map { 0 < $0.available && $0.available < $0.needed && $0.needed >= reserve } == true)
    }
  }

  @Test("sizes are told in megabytes, the need rounded up and the memory rounded down")
  func description() {
    #expect(
      MemoryShortage(needed: 200_100_000, available: 199_900_000).description
        == "201 MB of memory are needed, and there are 199 MB")
    #expect(
      MemoryShortage(needed: 10_000_000_001, available: 1).description
        == "11 GB of memory are needed, and there are 0 MB")
  }
}
