import Datasets
import NeuralNetwork
import Testing

@testable import Training

@Suite("Seeds") struct SeedTests {
  /// The labels and pixels of the mini-batches of an epoch, in order.
  private func miniBatches(_ objective: Objective) throws -> [[Double]] {
    try (1...4).map { count in
      var trainer = try brighterPixelTrainer(objective, hyperparameters: Hyperparameters(learningRate: 0.1, seed: 3))
      // The run is ended before mini-batch count + 1; the one before it is still in place.
      _ = try trainer.train(epochs: 1) { _, _ in
      } shouldContinue: {
        $0.examplesSeen < 10 * count
      }
      return trainer.batch.labels.map { Double($0) } + trainer.batch.inputs.dense.elements
    }
  }

  @Test("runs that differ only in cost or output start from the same weights and see the same mini-batches")
  func sameStart() throws {
    let hyperparameters = Hyperparameters(learningRate: 0.1, seed: 3)
    let networks = try Objective.all.map { try brighterPixelTrainer($0, hyperparameters: hyperparameters).network }
    let orders = try Objective.all.map { try miniBatches($0) }
    #expect(networks.allSatisfy { $0 == networks[0] })
    #expect(orders.allSatisfy { $0 == orders[0] })
    #expect(Set(orders[0]).count == 4)
  }
}
