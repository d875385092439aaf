import NeuralNetwork
import Testing

@testable import Datasets
@testable import Training

@Suite("Initialisation") struct InitializationTests {
  private func moments(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    return (mean, variance.squareRoot())
  }

  @Test("scaled weights have the deviation 1/√inputs, large ones 1, and biases 1 under either")
  func deviations() {
    for (initialization, expected) in [(Initialization.scaled, 0.05), (.large, 1)] {
      let layer = Network<Double>(sizes: [400, 500], initialization: initialization, seed: 1).layers[0]
      let weights = moments(layer.weights.elements)
      #expect(abs(weights.mean) < 0.01 * expected)
      #expect(abs(weights.deviation / expected - 1) < 0.01)
      let biases = moments(layer.biases)
      #expect(abs(biases.mean) < 0.15)
      #expect(abs(biases.deviation - 1) < 0.1)
    }
  }

  @Test("deviates are normal: 68.27 % lie within one deviation, 95.45 % within two, 99.73 % within three")
  func normal() {
    var normal = NormalDeviates(generator: Xoshiro256StarStar(seed: 9, purpose: .weights))
    let deviates = (0..<200_000).map { _ in abs(normal.next()) }
    for (bound, share) in [(1.0, 0.6827), (2, 0.9545), (3, 0.9973)] {
      let found = Double(deviates.count { $0 < bound }) / 200_000
      #expect(abs(found - share) < 0.005, "within \(bound): \(found)")
    }
  }

  @Test("deviates that are drawn as a pair do not depend on each other")
  func independence() {
    var normal = NormalDeviates(generator: Xoshiro256StarStar(seed: 9, purpose: .weights))
    var (sum, sumOfMagnitudes) = (0.0, 0.0)
    for _ in 0..<100_000 {
      let product = normal.next() * normal.next()
      sum += product
      sumOfMagnitudes += abs(product)
    }
    // The mean product of independent deviates is 0, and that of their magnitudes 2/π.
    #expect(abs(sum / 100_000) < 0.02)
    #expect(abs(sumOfMagnitudes / 100_000 - 2 / Double.pi) < 0.02)
  }

  @Test("both initialisations and both precisions start from the same draws")
  func sameDraws() {
    let scaled = Network<Double>(sizes: [16, 3, 2], initialization: .scaled, seed: 7).layers
    let large = Network<Double>(sizes: [16, 3, 2], initialization: .large, seed: 7).layers
    let single = Network<Float>(sizes: [16, 3, 2], initialization: .large, seed: 7).layers
    #expect(scaled[0].weights.elements.map { 4 * $0 } == large[0].weights.elements)
    #expect(scaled[1].biases == large[1].biases)
    #expect(single[1].weights.elements == large[1].weights.elements.map { Float($0) })
  }

  @Test("another seed gives other weights, the same seed the same")
  func seeds() {
    let network = Network<Double>(sizes: [2, 2], initialization: .large, seed: 0)
    #expect(network == Network(sizes: [2, 2], initialization: .large, seed: 0))
    #expect(network != Network(sizes: [2, 2], initialization: .large, seed: 1))
  }
}
