import Datasets
import NeuralNetwork
import SparseInputs

extension Trainer {
  /// The mini-batches of an epoch, or the rest of them after an interruption: gather, propagate, measure, form the error,
  /// propagate it back into the weights.
  mutating func trainEpoch(_ epoch: Int, _ shouldContinue: (Progress) -> Bool) throws(Stop) {
    let start = ContinuousClock.now
    let secondsBefore = state.partialEpoch.seconds
    defer { state.partialEpoch.seconds = secondsBefore + start.seconds() }
    if configuration.shuffle {
      var generator = Xoshiro256StarStar(seed: configuration.seed, purpose: .order, epoch: epoch - 1)
      order.shuffle(using: &generator)
    }
    let count = data.training.count
    if configuration.saturation && state.partialEpoch.saturation == nil { state.partialEpoch.saturation = Saturation() }
    // The moments are moved out and back: with a second owner, their storage would be copied.
    var moments: [Network<Scalar>] = []
    swap(&moments, &state.moments)
    let batchSize = configuration.batchSize
    let steps = (epoch - 1) * ((count + batchSize - 1) / batchSize) + state.partialEpoch.examplesSeen / batchSize
    var update: any LayerUpdate<Scalar> = configuration.update(
      goingOnFrom: consume moments, afterSteps: steps, learningRate: course.learningRate,
      decay: configuration.weightDecay(trainingCount: count))
    defer { state.moments = update.moments }
    for first in stride(from: state.partialEpoch.examplesSeen, to: count, by: batchSize) {
      let progress = Progress(epoch: epoch, examplesSeen: first, evaluation: state.partialEpoch.evaluation)
      guard shouldContinue(progress) else { throw .interrupted }
      batch.gather(data.training, in: order, first..<min(first + batchSize, count))
      dropout?.draw(order.positions[first..<first + batch.count], epoch: epoch)
      state.network.propagate(batch.inputs, in: &workspace, masks: dropout?.masks ?? [])
      state.partialEpoch.evaluation.add(batch, weightedInputs: workspace.weightedInputs, under: objective)
      guard state.partialEpoch.evaluation.totalCost.isFinite else {
        throw .diverged(Divergence(epoch: epoch, miniBatch: first / batchSize + 1))
      }
      state.partialEpoch.saturation?.add(workspace.weightedInputs)
      objective.formDelta(&workspace.delta, weightedInputs: workspace.weightedInputs, targets: batch.targets)
      state.network.backpropagate(&workspace, inputs: batch.inputs, update: &update)
      state.partialEpoch.examplesSeen = first + batch.count
    }
  }

  /// The record of an epoch after its pass, evaluated if its turn has come.
  mutating func measure(_ epoch: Int, _ shouldContinue: (Progress) -> Bool) throws(Stop) -> EpochRecord {
    let start = ContinuousClock.now
    let trained = epoch == 0 ? nil : state.partialEpoch
    let isEvaluated = epoch.isMultiple(of: configuration.evaluateEvery) || epoch == configuration.epochs
    let progress = Progress(
      epoch: epoch, examplesSeen: trained?.examplesSeen ?? 0, evaluation: trained?.evaluation ?? Evaluation())
    func evaluate(_ examples: Examples) throws(Stop) -> (evaluation: Evaluation, correct: CorrectBits) {
      let evaluation = evaluator.evaluate(network, on: examples) { shouldContinue(progress) }
      guard let evaluation else { throw .interrupted }
      return evaluation
    }
    var validated, tested: Evaluation?
    if isEvaluated {
      if let validation = data.validation { validated = try evaluate(validation).evaluation }
      let (evaluation, correct) = try evaluate(data.test)
      (tested, state.testCorrect) = (evaluation, correct)
    }
    return EpochRecord(
      epoch: epoch, learningRate: epoch == 0 ? nil : course.learningRate, training: trained?.evaluation,
      validation: validated, test: tested,
      penalty: configuration.weightDecay(trainingCount: data.training.count).penalty(of: network),
      seconds: trained?.seconds,
      evaluationSeconds: isEvaluated ? start.seconds() : nil, saturation: trained?.saturation)
  }
}
