import Datasets
import Foundation
import NeuralNetwork
import Testing

@testable import Training

@Suite("The course of a training") struct TrainingCourseTests {
  private let objective: Objective

  init() throws { objective = try Objective(output: .sigmoid, cost: .crossEntropy) }

  /// Records with these numbers of validation examples right of a hundred; `nil` for an epoch that was not evaluated.
  private func history(_ correct: [Int?]) throws -> [EpochRecord] {
    let records = correct.enumerated().map { index, correct in
      let evaluation = correct.map { #"{"totalCost":1,"correctCount":\#($0),"count":100}"# } ?? "null"
      return #"{"epoch":\#(index + 1),"validation":\#(evaluation),"test":\#(evaluation),"penalty":0}"#
    }
    return try JSONDecoder().decode([EpochRecord].self, from: Data("[\(records.joined(separator: ","))]".utf8))
  }

  /// The learning rate of each epoch from the second on, as far as patience allows, at a rate of 1.
  private func rates(
    _ correct: [Int?], patience: Int, halvings: Int, decay: Double = 1
  ) throws -> [Double] {
    var configuration = TrainingConfiguration(learningRate: 1)
    (configuration.patience, configuration.halvings) = (patience, halvings)
    configuration.learningRateDecay = decay
    var course = configuration.course(of: [])
    var rates: [Double] = []
    for record in try history(correct) where !course.isOutOfPatience {
      course.add(record)
      if !course.isOutOfPatience { rates.append(course.learningRate) }
    }
    return rates
  }

  @Test(
    "when patience is over the rate is halved and patience begins again, as often as it may, and then training ends")
  func halvings() throws {
    #expect(try rates([50, 50, 50, 50, 50, 50, 50, 50, 50], patience: 2, halvings: 2) == [1, 1, 0.5, 0.5, 0.25, 0.25])
    #expect(try rates([50, 50, 50, 50], patience: 2, halvings: 0) == [1, 1])
  }

  @Test("a new best epoch begins patience again")
  func best() throws {
    #expect(try rates([50, 50, 60, 60, 60, 60, 60], patience: 2, halvings: 1) == [1, 1, 1, 1, 0.5, 0.5])
  }

  @Test("halvings and decay multiply")
  func decay() throws {
    #expect(try rates([50, 50, 50, 50], patience: 1, halvings: 3, decay: 0.5) == [0.5, 0.125, 0.03125, 0.0078125])
  }

  @Test("patience counts epochs, and ends only where one is evaluated")
  func gaps() throws {
    #expect(
      try rates([nil, 50, nil, 50, nil, 50, nil, 50], patience: 3, halvings: 1) == [1, 1, 1, 1, 1, 0.5, 0.5, 0.5])
  }

  private func train(
    every interval: Int, epochs: Int = 7, _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws -> (records: [EpochRecord], summary: RunSummary, network: Network<Double>) {
    let choices = configuration(objective) {
      ($0.evaluateEvery, $0.epochs) = (interval, epochs)
      change(&$0)
    }
    var trainer = try Trainer<Double>(choices, brighterPixelData())
    var records: [EpochRecord] = []
    let summary = try trainer.train { record, _ in records.append(record) }
    return (records, summary, trainer.network)
  }

  @Test(
    "each n-th epoch and the last are evaluated; the others have no figures of evaluation, and the weights are the same"
  )
  func evaluateEvery() throws {
    let (all, some) = (try train(every: 1), try train(every: 3))
    #expect(some.records.map { $0.test != nil } == [false, false, true, false, false, true, true])
    #expect(some.records.map { $0.validation != nil } == some.records.map { $0.test != nil })
    #expect(some.records.map { $0.evaluationSeconds != nil } == some.records.map { $0.test != nil })
    for (epoch, other) in zip(some.records, all.records) {
      #expect(epoch.training == other.training && epoch.penalty == other.penalty)
      if epoch.test != nil { #expect(epoch.test == other.test && epoch.validation == other.validation) }
    }
    #expect(some.network == all.network)
    #expect(some.summary.testCorrect == all.summary.testCorrect)
  }

  @Test("the best epoch is one of those evaluated, and without validation examples the last of them")
  func bestOfEvaluated() throws {
    let best = try #require(try train(every: 3).summary.best)
    #expect([3, 6, 7].contains(best.epoch))
    let configuration = configuration(objective) { ($0.evaluateEvery, $0.epochs) = (4, 9) }
    var trainer = try Trainer<Double>(configuration, brighterPixelData(validationCount: 0))
    var best2: [Int] = []
    _ = try trainer.train { record, isBest in if isBest { best2.append(record.epoch) } }
    #expect(best2 == [4, 8, 9])
  }

  @Test("a run that is stopped before its first evaluation has no test figures, and goes on to the same bits")
  func interrupted() throws {
    let choices = configuration(objective) { ($0.evaluateEvery, $0.epochs, $0.limit, $0.validation) = (5, 6, 40, 20) }
    let data = try brighterPixelData()
    var trainer = try Trainer<Double>(choices, data, keepsBest: true)
    let summary = try trainer.train(shouldContinue: { $0.epoch < 4 })
    #expect(summary.last?.epoch == 3 && summary.last?.test == nil && summary.testCorrect == nil && summary.best == nil)
    let file = Checkpoint(
      trainer.state, configuration: choices, provenance: Provenance(version: "1", directory: nil, sha256: [:])
    ).file
    let state = try Checkpoint(file).state(Double.self, sizes: trainer.network.sizes)
    var resumed = try Trainer<Double>(resuming: state, choices, data, keepsBest: true)
    let end = try resumed.train()
    let whole = try train(every: 5, epochs: 6)
    #expect(resumed.network == whole.network)
    #expect(end.testCorrect == whole.summary.testCorrect && end.best?.epoch == whole.summary.best?.epoch)
  }

  @Test("halvings go on in a run that is resumed, at the same rates and to the same bits")
  func resumedHalvings() throws {
    let choices = configuration(objective, learningRate: 0.01) {
      ($0.patience, $0.halvings, $0.epochs, $0.limit, $0.validation) = (2, 3, 40, 40, 20)
    }
    let data = try brighterPixelData()
    func records(_ trainer: inout Trainer<Double>, until epoch: Int) throws -> [EpochRecord] {
      var records: [EpochRecord] = []
      _ = try trainer.train { record, _ in
        records.append(record)
      } shouldContinue: {
        $0.epoch < epoch
      }
      return records
    }
    var whole = try Trainer<Double>(choices, data)
    let all = try records(&whole, until: .max)
    let rates = all.compactMap(\.learningRate)
    #expect(Set(rates) == [0.01, 0.005, 0.0025, 0.00125], "each halving is seen")
    for epoch in [2, 5, 9] {
      var trainer = try Trainer<Double>(choices, data)
      let before = try records(&trainer, until: epoch)
      var resumed = try Trainer<Double>(resuming: trainer.state, choices, data)
      let after = try records(&resumed, until: .max)
      #expect((before + after).compactMap(\.learningRate) == rates)
      #expect(resumed.network == whole.network)
    }
  }
}
