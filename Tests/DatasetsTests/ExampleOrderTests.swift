import Datasets
import Testing

@Suite("Example order") struct ExampleOrderTests {
  @Test("before a shuffle the order is that of the file")
  func fileOrder() {
    #expect(ExampleOrder(count: 4).positions == [0, 1, 2, 3])
  }

  @Test("a shuffled order has every position once")
  func permutation() {
    var order = ExampleOrder(count: 1000)
    var generator = Xoshiro256StarStar(seed: 5, purpose: .order)
    order.shuffle(using: &generator)
    #expect(order.positions != ExampleOrder(count: 1000).positions)
    #expect(order.positions.sorted() == ExampleOrder(count: 1000).positions)
  }

  @Test("an order follows from the state of the generator, not from the order before")
  func independence() {
    var generator = Xoshiro256StarStar(seed: 5, purpose: .order)
    var first = ExampleOrder(count: 50)
    first.shuffle(using: &generator)
    var fresh = ExampleOrder(count: 50)
    var copy = generator
    first.shuffle(using: &generator)
    fresh.shuffle(using: &copy)
    #expect(first.positions == fresh.positions)
  }

  @Test("each of the six orders of three examples is equally likely")
  func fairness() {
    var generator = Xoshiro256StarStar(seed: 6, purpose: .order)
    var order = ExampleOrder(count: 3)
    var counts: [[UInt32]: Int] = [:]
    for _ in 0..<60_000 {
      order.shuffle(using: &generator)
      counts[order.positions, default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 10_000) < 450 }, "\(counts)")
  }
}
