/// The order in which the examples of a data set are visited.
public struct ExampleOrder: Sendable {
  /// Positions in the data set, each once, but for those that fill up.
  public private(set) var positions: [UInt32]

  /// The order of the file, for `count` examples.
  public init(count: Int) {
    positions = (0..<UInt32(count)).map { $0 }
  }

  /// The order of the file, filled up with the first examples, again and again, to a multiple of some number.
  public init(count: Int, fillingMultipleOf size: Int) {
    precondition(size > 0, "a multiple of at least 1")
    self.init(count: count)
    positions += (count..<(count + size - 1) / size * size).map { UInt32($0 % count) }
  }

  /// Makes a random order, every one equally likely.
  ///
  /// The shuffle begins with the order of the file and not with the last one, so an epoch's order depends on the
  /// generator alone.
  /// - Source: R. Durstenfeld, "Algorithm 235: Random permutation", CACM 7(7), 1964.
  public mutating func shuffle(using generator: inout Xoshiro256StarStar) {
    for index in positions.indices { positions[index] = UInt32(truncatingIfNeeded: index) }
    for last in stride(from: positions.count - 1, to: 0, by: -1) {
      positions.swapAt(last, Int(generator.next(below: UInt64(last + 1))))
    }
  }
}
