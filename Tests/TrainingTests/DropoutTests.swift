import Datasets
import LinearAlgebra
import NeuralNetwork
import Testing

@testable import Training

@Suite("Dropout") struct DropoutTests {
  private func dropout(
    _ shares: [Double], hidden: [Int], seed: UInt64 = 0, batchSize: Int = 500
  ) -> Dropout<Double> {
    var configuration = TrainingConfiguration(learningRate: 1)
    (configuration.dropout, configuration.hidden, configuration.seed) = (shares, hidden, seed)
    configuration.batchSize = batchSize
    return Dropout(configuration)
  }

  /// The masks of some examples in an epoch.
  private func masks(
    _ shares: [Double], hidden: [Int], seed: UInt64 = 0, of positions: [UInt32], epoch: Int = 1
  ) -> [Matrix<Double>] {
    var dropout = dropout(shares, hidden: hidden, seed: seed, batchSize: positions.count)
    dropout.draw(positions[...], epoch: epoch)
    return dropout.masks
  }

  @Test("the share left out is within four deviations of the binomial distribution, in each layer and for each neuron")
  func share() throws {
    let (shares, hidden, count) = ([0.1, 0.5, 0.9], [40, 30, 20], 5000)
    let masks = masks(shares, hidden: hidden, of: (0..<UInt32(count)).map { $0 })
    for (mask, share) in zip(masks, shares) {
      let perNeuron = (0..<mask.columns).map { neuron in (0..<count).count { mask[$0, neuron] == 0 } }
      let deviation = (Double(count) * share * (1 - share)).squareRoot()
      let worst = perNeuron.map { abs(Double($0) - Double(count) * share) }.max()
      #expect(try #require(worst) <= 4.5 * deviation, "90 neurons, each wrongly refused once in 150,000")
      let draws = Double(count * mask.columns)
      let total = Double(perNeuron.reduce(0, +))
      #expect(abs(total - draws * share) <= 4 * (draws * share * (1 - share)).squareRoot())
      #expect(total > 0 && total < draws)
    }
  }

  @Test(
    "the expectation of an activation is unchanged: factors are 0 and 1/(1 − p), and their mean is 1 but for chance")
  func expectation() {
    for (share, mask) in zip(
      [0.2, 0.75], masks([0.2, 0.75], hidden: [50, 50], of: (0..<4000).map { $0 }))
    {
      #expect(Set(mask.elements) == [0, 1 / (1 - share)])
      let mean = mask.elements.reduce(0, +) / Double(mask.elements.count)
      let deviation = (share / (1 - share) / Double(mask.elements.count)).squareRoot()
      #expect(abs(mean - 1) <= 4 * deviation)
    }
  }

  @Test("the masks of examples, layers, epochs and seeds are independent of each other")
  func independence() {
    let first = masks([0.5, 0.5], hidden: [200, 200], of: [7, 8])
    let rows = [
      row(0, of: first[0]), row(1, of: first[0]), row(0, of: first[1]),
      row(0, of: masks([0.5], hidden: [200], of: [7], epoch: 2)[0]),
      row(0, of: masks([0.5], hidden: [200], seed: 1, of: [7])[0]),
    ]
    for (index, row) in rows.enumerated() {
      for other in rows[(index + 1)...] {
        let equal = zip(row, other).count { $0 == $1 }
        #expect((60...140).contains(equal), "of 200 equal draws 100 are expected, with a deviation of 7")
      }
    }
  }

  private func row(_ row: Int, of mask: Matrix<Double>) -> [Double] {
    Array(mask.elements[row * mask.columns..<(row + 1) * mask.columns])
  }

  @Test("an example's mask does not depend on the examples beside it")
  func neighbours() {
    let alone = masks([0.5, 0.2], hidden: [30, 20], of: [41])
    let together = masks([0.5, 0.2], hidden: [30, 20], of: [3, 41, 17])
    for (mask, other) in zip(alone, together) { #expect(row(0, of: mask) == row(1, of: other)) }
  }

  @Test(
    "the same seed gives the same masks and order with any kernel, precision and batch size",
    arguments: [(10, InputKernel.dense), (10, .sparse), (7, .dense), (205, .sparse)])
  func sameMasks(batchSize: Int, kernel: InputKernel) throws {
    let data = try bundledDigits(limit: 205)
    var configuration = TrainingConfiguration(learningRate: 0.1)
    (configuration.hidden, configuration.dropout) = ([12, 8], [0.5, 0.25])
    (configuration.epochs, configuration.limit, configuration.seed) = (2, 205, 5)
    (configuration.batchSize, configuration.kernel) = (batchSize, kernel)
    var trainer = try Trainer<Double>(configuration, data)
    // The run ends in the second epoch, with its last mini-batch still in place.
    let last = (205 - 1) / batchSize * batchSize
    _ = try trainer.train(shouldContinue: { !($0.epoch == 2 && $0.examplesSeen == 205) })
    var order = ExampleOrder(count: 205)
    var generator = Xoshiro256StarStar(seed: 5, purpose: .order, epoch: 1)
    order.shuffle(using: &generator)
    let expected = masks([0.5, 0.25], hidden: [12, 8], seed: 5, of: Array(order.positions[last...]), epoch: 2)
    #expect(trainer.dropout?.masks == expected)
  }

  @Test("nothing is left out in evaluation: a network is judged as it is used")
  func evaluation() throws {
    let data = try bundledDigits(limit: 205)
    var configuration = TrainingConfiguration(learningRate: 0.1)
    (configuration.hidden, configuration.dropout) = ([12], [0.5])
    (configuration.epochs, configuration.limit) = (1, 205)
    var trainer = try Trainer<Double>(configuration, data)
    let record = try #require(try trainer.train().last?.test)
    configuration.dropout = []
    configuration.epochs = 0
    var plain = try Trainer<Double>(configuration, data, network: trainer.network)
    #expect(try plain.train().last?.test == record)
  }
}
