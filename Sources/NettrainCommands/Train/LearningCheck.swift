import LinearAlgebra
import NeuralNetwork
import Training

/// Finds a run that cannot learn, and says so once.
struct LearningCheck {
  private let run: Run
  private var costAtStart: Double?
  private var isDone: Bool

  /// A check of a run that begins. Decay that turns the signs of the weights has a note of its own.
  init(_ run: Run) {
    self.run = run
    isDone = !run.notesOnDecay.isEmpty
  }

  /// Takes the cost of the run's first mini-batch, which is measured before any update.
  mutating func see<Scalar>(_ progress: Trainer<Scalar>.Progress) {
    guard costAtStart == nil, progress.epoch == 1, progress.evaluation.count > 0 else { return }
    costAtStart = progress.evaluation.cost
  }

  /// A note on a learning rate that spoils the network: after the first epoch the cost is ten times that of the beginning, and
  /// the accuracy is that of a guess.
  ///
  /// Of 623 runs on the bundled digits, over all pairs, rates from 0.03 to 1000, three networks, two initializations and three
  /// batch sizes, those of which this is true never came above an accuracy of 16 % in 12 epochs.
  mutating func notes(after record: EpochRecord) -> [String] {
    guard !isDone, record.epoch == 1, let costAtStart, let test = record.test, test.cost.isFinite,
      test.cost >= 10 * max(costAtStart, costOfEqualOutputs), test.accuracy <= accuracyOfGuess + 0.05
    else { return [] }
    isDone = true
    let number = Formatting.cost
    return [
      "the first epoch raised the cost from \(number(costAtStart)) to \(number(test.cost)); "
        + "choose a --learning-rate below \(Formatting.plain(run.configuration.learningRate))"
    ]
  }

  /// A note on a network that does not distinguish the test images when the run has ended.
  func notes(at summary: RunSummary, hasEqualOutputs: () -> Bool) -> [String] {
    if case .diverged = summary.status { return [] }
    guard !isDone && hasEqualOutputs() else { return [] }
    let choices = run.configuration
    let remedy =
      choices.epochs == 0
      ? "choose other weights"
      : "choose a --learning-rate below \(Formatting.plain(choices.learningRate))"
        + (choices.l2 > 0 ? " or an --l2 below \(Formatting.plain(choices.l2))" : "")
    return ["all test images get the same outputs: the neurons are saturated or dead; \(remedy)"]
  }

  /// The share of the most frequent class.
  private var accuracyOfGuess: Double {
    let test = run.data.test
    return Double(test.classCounts(run.data.classCount).max() ?? 0) / Double(test.count)
  }

  /// The cost of an example if all weighted inputs of the output layer are 0. The first mini-batch may be easier than others.
  private var costOfEqualOutputs: Double {
    let (count, objective) = (run.data.classCount, try? run.configuration.objective())
    var targets = Matrix<Double>(rows: 1, columns: count)
    targets[0, 0] = 1
    return objective?.cost(weightedInputs: Matrix(rows: 1, columns: count), targets: targets) ?? 0
  }
}

extension Run {
  /// A note on a step of weight decay that turns the signs of all weights.
  var notesOnDecay: [String] {
    let (choices, count) = (configuration, Double(data.training.count))
    let factor = 1 - choices.learningRate * choices.l2 / count
    guard factor < 0 else { return [] }
    return [
      "each step multiplies the weights by 1 - rate*lambda/examples = \(Formatting.significant(factor)); "
        + "choose an --l2 below \(Formatting.plain((count / choices.learningRate).rounded(.down)))"
    ]
  }
}
