import Datasets
import LinearAlgebra
import NeuralNetwork
import SparseInputs
import Testing
import Training

@Suite("Input kernels") struct InputKernelTests {
  /// An epoch of the bundled digits.
  private func epoch<Scalar: SparseScalar>(
    _: Scalar.Type, _ objective: Objective, _ kernel: InputKernel, shuffles: Bool, limit: Int? = nil
  ) throws -> (network: Network<Scalar>, record: EpochRecord) {
    let rate = objective.defaultLearningRate(hasHiddenLayers: true)
    let configuration = configuration(objective, learningRate: rate, hidden: [30]) { configuration in
      (configuration.l2, configuration.shuffle, configuration.seed) = (5, shuffles, 1)
      (configuration.kernel, configuration.epochs) = (kernel, 1)
    }
    var trainer = try Trainer<Scalar>(configuration, bundledDigits(limit: limit))
    let summary = try trainer.train()
    return (trainer.network, try #require(summary.last))
  }

  private func parameters<Scalar>(_ network: Network<Scalar>) -> [Double] {
    network.layers.flatMap { $0.weights.elements + $0.biases }.map(Double.init)
  }

  @Test(
    "dense and sparse agree to 1e-12 after an epoch at the default rate with weight decay, in file order and shuffled",
    arguments: Objective.all, [false, true])
  func agreement(objective: Objective, shuffles: Bool) throws {
    let dense = try epoch(Double.self, objective, .dense, shuffles: shuffles)
    let sparse = try epoch(Double.self, objective, .sparse, shuffles: shuffles)
    let start = parameters(Network<Double>(sizes: [784, 30, 10], initialization: .scaled, seed: 1))
    let differences = zip(parameters(dense.network), parameters(sparse.network)).map { abs($0 - $1) }
    let steps = zip(parameters(dense.network), start).map { abs($0 - $1) }
    #expect(try #require(steps.max()) > 0.1, "the network has learned")
    #expect(try #require(differences.max()) <= 1e-12)
    let (denseTest, sparseTest) = (try #require(dense.record.test), try #require(sparse.record.test))
    #expect(sparseTest.correctCount == denseTest.correctCount)
    #expect(sparse.record.validation?.correctCount == dense.record.validation?.correctCount)
    #expect(abs(sparseTest.cost - denseTest.cost) <= 1e-12)
    #expect(abs(sparse.record.penalty - dense.record.penalty) <= 1e-12)
  }

  @Test("in single precision they agree to what that has")
  func single() throws {
    let objective = try Objective(output: .softmax, cost: .crossEntropy)
    let dense = try epoch(Float.self, objective, .dense, shuffles: true, limit: 500)
    let sparse = try epoch(Float.self, objective, .sparse, shuffles: true, limit: 500)
    let differences = zip(parameters(dense.network), parameters(sparse.network)).map { abs($0 - $1) }
    #expect(try #require(differences.max()) <= 1e-4)
  }

  @Test("the same seed gives the same bits, kernel by kernel", arguments: InputKernel.allCases)
  func determinism(kernel: InputKernel) throws {
    let objective = try Objective(output: .softmax, cost: .crossEntropy)
    let first = try epoch(Double.self, objective, kernel, shuffles: true, limit: 300)
    let second = try epoch(Double.self, objective, kernel, shuffles: true, limit: 300)
    #expect(first.network == second.network)
  }

  /// The choice on this kind of processor: vectors of 64 bytes in our kernels, and of 32 or 64 in the BLAS.
  private func choice(
    density: Double, neurons: Int = 30, batchSize: Int = 10, precision: Precision = .double,
    blasHasWideVectors: Bool = false
  ) -> InputKernel {
    .fastest(
      density: density, pixelCount: 784, neurons: neurons, batchSize: batchSize, precision: precision,
      blasHasWideVectors: blasHasWideVectors, hasWideVectors: true)
  }

  @Test(
    "MNIST is trained on by the sparse kernel, from 30 neurons on, whatever the mini-batch",
    arguments: Precision.allCases)
  func mnist(precision: Precision) {
    for neurons in [30, 100, 1024] {
      for batchSize in [1, 10, 128] {
        #expect(choice(density: 0.19, neurons: neurons, batchSize: batchSize, precision: precision) == .sparse)
      }
    }
  }

  @Test(
    "images without a black pixel are trained on by the dense kernel in large mini-batches",
    arguments: Precision.allCases)
  func fullImages(precision: Precision) {
    for neurons in [100, 1024] {
      #expect(choice(density: 1, neurons: neurons, batchSize: 128, precision: precision) == .dense)
    }
  }

  @Test("against a BLAS that is twice as wide the dense kernel is chosen from a lower density on")
  func wideBLAS() {
    let densities = stride(from: 0.0, through: 1, by: 0.01)
    for neurons in [8, 30, 128] {
      let narrow = densities.filter { choice(density: $0, neurons: neurons, batchSize: 128) == .sparse }
      let wide = densities.filter {
        choice(density: $0, neurons: neurons, batchSize: 128, blasHasWideVectors: true) == .sparse
      }
      #expect(wide.count < narrow.count)
      #expect(narrow == Array(densities.prefix(narrow.count)), "what is sparse enough stays so when it is sparser")
    }
  }
}
