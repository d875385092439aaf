import Datasets
import NeuralNetwork
import Testing

@testable import Training

@Suite("Seeds") struct SeedTests {
  private func trainer(_ objective: Objective) throws -> Trainer<Double> {
    try Trainer(configuration(objective, learningRate: 0.1) { $0.seed = 3 }, brighterPixelData())
  }

  /// The labels and pixels of the mini-batches of an epoch, in order.
  private func miniBatches(_ objective: Objective) throws -> [[Double]] {
    try (1...4).map { count in
      var trainer = try trainer(objective)
      // The run ends before mini-batch count + 1; the one before it is still in place.
      _ = try trainer.train(shouldContinue: { $0.examplesSeen < 10 * count })
      return trainer.batch.labels.map { Double($0) } + trainer.batch.inputs.dense.elements
    }
  }

  @Test("runs that differ only in cost or output start from the same weights and see the same mini-batches")
  func sameStart() throws {
    let networks = try Objective.all.map { try trainer($0).network }
    let orders = try Objective.all.map { try miniBatches($0) }
    #expect(networks.allSatisfy { $0 == networks[0] })
    #expect(orders.allSatisfy { $0 == orders[0] })
    #expect(Set(orders[0]).count == 4)
  }
}
