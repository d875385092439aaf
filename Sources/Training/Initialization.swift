import Datasets
import Glibc
import LinearAlgebra
public import NeuralNetwork

/// The distribution of the initial weights: normal with mean 0. Biases are standard normal, as in the book, but 0 with `he`.
/// - Source: chapter 3, "Weight initialization"; K. He et al., "Delving deep into rectifiers", ICCV 2015, equation 10.
public enum Initialization: String, CaseIterable, Codable, Sendable {
  /// Standard deviation 1/√n for a neuron with n inputs: its weighted input starts small, and it is not saturated.
  case scaled
  /// Standard deviation 1, as in the book's first two chapters.
  case large
  /// Standard deviation √(2/n), for neurons that are 0 for half of their weighted inputs.
  case he

  /// The default for hidden neurons with an activation function.
  public static func suiting(_ activation: Activation) -> Initialization { activation == .relu ? .he : .scaled }

  func standardDeviation(inputCount: Int) -> Double {
    switch self {
    case .scaled: 1 / Double(inputCount).squareRoot()
    case .large: 1
    case .he: (2 / Double(inputCount)).squareRoot()
    }
  }
}

extension Network {
  /// A network of random weights and biases.
  ///
  /// The numbers are drawn in double precision, layer by layer, the weights row by row and then the biases, also where
  /// these are 0; so both precisions and all initializations start from the same draws.
  ///
  /// - Parameters:
  ///   - sizes: The sizes of the layers, inputs first: [784, 30, 10].
  ///   - initialization: The distribution of the weights.
  ///   - seed: The seed of the run; the numbers are those of its stream for weights.
  ///   - activation: The activation function of the hidden neurons.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(sizes: [Int], initialization: Initialization, seed: UInt64, activation: Activation = .sigmoid) {
    var normal = NormalDeviates(generator: Xoshiro256StarStar(seed: seed, purpose: .weights))
    self.init(
      layers: zip(sizes, sizes.dropFirst()).map { inputs, outputs in
        let deviation = initialization.standardDeviation(inputCount: inputs)
        let weights = (0..<outputs * inputs).map { _ in Scalar(deviation * normal.next()) }
        let spread = initialization == .he ? 0.0 : 1
        let biases = (0..<outputs).map { _ in Scalar(spread * normal.next()) }
        return Layer(weights: Matrix(rows: outputs, columns: inputs, elements: weights), biases: biases)
      }, activation: activation)
  }
}

/// Standard normal deviates.
/// - Source: G. Marsaglia, "A convenient method for generating normal variables", SIAM Review 6(3), 1964.
struct NormalDeviates {
  private(set) var generator: Xoshiro256StarStar
  private var spare: Double?

  init(generator: Xoshiro256StarStar) {
    self.generator = generator
  }

  /// The next deviate. A random point in the unit disc gives two; the second is kept for the next call.
  mutating func next() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    while true {
      let x = 2 * generator.nextUnit() - 1
      let y = 2 * generator.nextUnit() - 1
      let square = x * x + y * y
      if square > 0 && square < 1 {
        let factor = (-2 * log(square) / square).squareRoot()
        spare = y * factor
        return x * factor
      }
    }
  }
}
