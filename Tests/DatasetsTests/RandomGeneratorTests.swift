import Testing

@testable import Datasets

@Suite("Random numbers") struct RandomGeneratorTests {
  @Test("SplitMix64 gives the published numbers for the seed 1234567")
  func splitMix64() {
    var generator = SplitMix64(state: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("xoshiro256** gives the numbers of the reference implementation for the state 1, 2, 3, 4")
  func xoshiro() {
    var generator = Xoshiro256StarStar(state: 1, 2, 3, 4)
    let numbers = (0..<10).map { _ in generator.next() }
    #expect(
      numbers == [
        11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
        16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777,
        2_904_607_092_377_533_576,
      ])
  }

  @Test("the streams of a seed begin at successive words of SplitMix64")
  func streams() {
    var seeder = SplitMix64(state: 42)
    let words = (0..<8).map { _ in seeder.next() }
    #expect(
      Xoshiro256StarStar(seed: 42, purpose: .weights)
        == Xoshiro256StarStar(state: words[0], words[1], words[2], words[3]))
    #expect(
      Xoshiro256StarStar(seed: 42, purpose: .order)
        == Xoshiro256StarStar(state: words[4], words[5], words[6], words[7]))
  }

  @Test("a stream follows from seed, purpose and epoch, and differs from all others")
  func distinctStreams() {
    let streams = [0, 1, 2, 1000].flatMap { epoch in
      [RandomPurpose.weights, .order].flatMap { purpose in
        [0 as UInt64, 1, .max].map { Xoshiro256StarStar(seed: $0, purpose: purpose, epoch: epoch) }
      }
    }
    let firstWords = streams.map { stream in
      var stream = stream
      return stream.next()
    }
    #expect(Set(firstWords).count == firstWords.count)
    // An epoch has room for sixteen purposes of four words.
    var seeder = SplitMix64(state: 42)
    for _ in 0..<4 * (1 + 16 * 3) { _ = seeder.next() }
    #expect(
      Xoshiro256StarStar(seed: 42, purpose: .order, epoch: 3)
        == Xoshiro256StarStar(state: seeder.next(), seeder.next(), seeder.next(), seeder.next()))
  }

  @Test("numbers below a bound are each equally likely")
  func bounded() {
    var generator = Xoshiro256StarStar(seed: 1, purpose: .order)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[Int(generator.next(below: 7))] += 1 }
    // Of 10,000 expected the standard deviation is 93.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 450 }, "\(counts)")
  }

  @Test("a bound for which a quarter of all words would be unfair is still met evenly")
  func rejection() {
    // Four words come to three numbers here, and the multiples of 3 would get two of them: half and not a third.
    var generator = Xoshiro256StarStar(seed: 2, purpose: .order)
    let multiples = (0..<30_000).count { _ in generator.next(below: 3 << 62).isMultiple(of: 3) }
    #expect(abs(multiples - 10_000) < 400, "\(multiples)")
  }

  @Test("unit numbers lie in [0, 1) and have the mean and variance of the uniform distribution")
  func unit() {
    var generator = Xoshiro256StarStar(seed: 3, purpose: .weights)
    let numbers = (0..<100_000).map { _ in generator.nextUnit() }
    let mean = numbers.reduce(0, +) / 100_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(mean - 0.5) < 0.005)
    #expect(abs(variance - 1 / 12.0) < 0.002)
  }
}
