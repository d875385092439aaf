public import LinearAlgebra

/// The purpose of a stream of random numbers. Each purpose has its own stream, so that runs which draw a different number
/// of weights, or none, still see the same mini-batches.
public enum RandomPurpose: UInt64, Sendable {
  /// Initial weights and biases.
  case weights = 0
  /// The order of the training examples in an epoch.
  case order = 1
  /// The examples that are held out for validation.
  case validationSplit = 2
  /// The hidden neurons that are left out for each example in an epoch.
  case dropout = 3
}

/// The generator of all random numbers in a run: xoshiro256**, seeded through SplitMix64.
///
/// A stream is a function of seed, purpose and epoch, so no state of a generator is ever saved. Its numbers depend
/// neither on the platform nor on the Swift version; the standard library's shuffles and distributions promise no such
/// thing.
/// - Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.
public struct Xoshiro256StarStar: RandomNumberGenerator, Equatable, Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// A generator in a given state, at least one word of which is not 0.
  init(state s0: UInt64, _ s1: UInt64, _ s2: UInt64, _ s3: UInt64) {
    precondition(s0 | s1 | s2 | s3 != 0, "from the state 0 the generator would never leave 0")
    (self.s0, self.s1, self.s2, self.s3) = (s0, s1, s2, s3)
  }

  /// The stream of a seed for some purpose in an epoch, counted from 0.
  ///
  /// An epoch has room for sixteen purposes.
  public init(seed: UInt64, purpose: RandomPurpose, epoch: Int = 0) {
    self.init(seed: seed, stream: purpose.rawValue + 16 * UInt64(epoch))
  }

  /// One of the streams of a seed: SplitMix64 started at the seed gives its first four words to stream 0, the next four to
  /// stream 1, and so on.
  init(seed: UInt64, stream: UInt64) {
    var seeder = SplitMix64(state: seed)
    seeder.skip(4 &* stream)
    self.init(state: seeder.next(), seeder.next(), seeder.next(), seeder.next())
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotateLeft(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = rotateLeft(s3, by: 45)
    return result
  }

  /// A number in 0..<bound, each equally likely.
  ///
  /// It is the high half of a 64 × 64-bit product; the few low halves that would favour some numbers are drawn again.
  /// - Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019.
  public mutating func next(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "there is no number below 0")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let unfair = (0 &- bound) % bound
      while product.low < unfair { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  /// A number in [0, 1): 53 random bits over 2⁵³.
  public mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Replaces some numbers: each by 0 with the probability p, drawn as `nextUnit() < p`, and else by a value.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func drawMask<Scalar: BLASScalar>(
    _ numbers: inout MutableSpan<Scalar>, in range: Range<Int>, probability p: Double, value: Scalar
  ) {
    // Whole numbers are compared, and the state stays in registers.
    let threshold = UInt64((p * 0x1p53).rounded(.up))
    var generator = self
    for index in range { numbers[index] = generator.next() >> 11 < threshold ? 0 : value }
    self = generator
  }

  private func rotateLeft(_ word: UInt64, by count: UInt64) -> UInt64 {
    (word << count) | (word >> (64 - count))
  }
}

/// A generator that turns any 64-bit seed, 0 included, into well-mixed words.
/// - Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64 {
  var state: UInt64

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Passes over `count` words.
  mutating func skip(_ count: UInt64) { state &+= Self.increment &* count }

  mutating func next() -> UInt64 {
    state &+= Self.increment
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
