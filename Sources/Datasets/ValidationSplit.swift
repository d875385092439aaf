/// The choice of the examples of a training file that are held out for validation.
public enum ValidationSplit: String, CaseIterable, Codable, Sendable {
  /// The last ones of the file.
  case tail
  /// As many of each class as its share of the file, drawn at random.
  case stratified

  /// The examples of each class among `heldCount` that are held out of `counts`, in proportion.
  ///
  /// A class gets its share rounded down; those with the largest remainders get one more, so that the sum is exact. Of
  /// equal remainders that of the lower class comes first.
  public static func shares(of counts: [Int], heldCount: Int) -> [Int] {
    let total = UInt64(counts.reduce(0, +))
    guard total > 0 else { return counts }
    let products = counts.map { UInt64($0) * UInt64(heldCount) }
    var shares = products.map { Int($0 / total) }
    let byRemainder = counts.indices.sorted { first, second in
      let remainders = (products[first] % total, products[second] % total)
      return remainders.0 == remainders.1 ? first < second : remainders.0 > remainders.1
    }
    for index in byRemainder.prefix(heldCount - shares.reduce(0, +)) { shares[index] += 1 }
    return shares
  }

  /// The positions of all examples with these labels: first those that remain, then the `heldCount` that are held out,
  /// each part in the order of the file.
  ///
  /// It is drawn in one pass: an example is held out with the probability that its class needs.
  /// - Parameters:
  ///   - labels: The labels of the file.
  ///   - heldCount: The number of examples held out.
  ///   - seed: The seed by which they are drawn.
  /// - Returns: Positions in the file.
  /// - Source: D. Knuth, "The Art of Computer Programming", volume 2, algorithm 3.4.2 S.
  public static func stratifiedOrder(of labels: [UInt8], heldCount: Int, seed: UInt64) -> [Int] {
    var generator = Xoshiro256StarStar(seed: seed, purpose: .validationSplit)
    var left = classCounts(of: labels, classCount: 256)
    var wanted = shares(of: left, heldCount: heldCount)
    var (remaining, held): ([Int], [Int]) = ([], [])
    for (position, label) in labels.enumerated() {
      let label = Int(label)
      if generator.next(below: UInt64(left[label])) < wanted[label] {
        held.append(position)
        wanted[label] -= 1
      } else {
        remaining.append(position)
      }
      left[label] -= 1
    }
    return remaining + held
  }
}

/// The number of labels of each class, from 0 on.
func classCounts(of labels: some Sequence<UInt8>, classCount: Int) -> [Int] {
  var counts = Array(repeating: 0, count: classCount)
  for label in labels { counts[Int(label)] += 1 }
  return counts
}
