/// The streams of random numbers of the examples in an epoch, one for each example.
///
///     let streams = ExampleStreams(seed: 0, purpose: .dropout, epoch: 0)
///     var generator = streams[17]
///
/// An example's stream is a function of seed, purpose, epoch and example. So its numbers depend neither on the examples
/// beside it nor on the order of visiting them.
public struct ExampleStreams: Sendable {
  private let key: UInt64

  /// The streams of a seed for some purpose in an epoch, counted from 0.
  ///
  /// The first word of the epoch's own stream for the purpose is the seed of these.
  public init(seed: UInt64, purpose: RandomPurpose, epoch: Int) {
    var generator = Xoshiro256StarStar(seed: seed, purpose: purpose, epoch: epoch)
    key = generator.next()
  }

  /// The stream of the example at a position in the training data.
  public subscript(example: UInt32) -> Xoshiro256StarStar { Xoshiro256StarStar(seed: key, stream: UInt64(example)) }
}
