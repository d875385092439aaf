import Files
import Training

extension Failure {
  /// A training that left the finite numbers, with the choice that is likely to blame.
  ///
  /// - Parameters:
  ///   - divergence: The place.
  ///   - run: The run, with its choices.
  ///   - last: The last record of the run.
  init(_ divergence: Divergence, of run: Run, last: EpochRecord?) {
    let choices = run.configuration
    let number = Formatting.plain
    let (rate, count) = (choices.learningRate, Double(run.data.training.count))
    // A step that multiplies weights by less than −1, or moves them by more than any weight is.
    let isDecayTooFast = rate * choices.l2 / count > 2 || rate * choices.l1 / count > 1e100
    let place =
      switch (divergence.epoch, divergence.miniBatch) {
      case _ where divergence.isBeforeTraining: "the network diverged before any training"
      case (let epoch, nil): "training diverged in epoch \(epoch), at its end"
      case (let epoch, let miniBatch?): "training diverged in epoch \(epoch), at mini-batch \(miniBatch)"
      }
    var remedies: [String] = []
    if last.map({ !$0.penalty.isFinite }) ?? false || isDecayTooFast {
      if choices.l2 > 0 { remedies.append("an --l2 below \(number(choices.l2))") }
      if choices.l1 > 0 { remedies.append("an --l1 below \(number(choices.l1))") }
    }
    if divergence.isBeforeTraining, let model = run.initialModel, remedies.isEmpty {
      remedies.append("another model than \(model.path.shown)")
    }
    if choices.softmaxScale > 1 { remedies.append("a --softmax-scale below \(number(choices.softmaxScale))") }
    if !divergence.isBeforeTraining || remedies.isEmpty {
      remedies.append("a --learning-rate below \(number(choices.learningRate))")
    }
    self.init(
      .diverged,
      "\(place): a cost or weight is no longer finite; choose \(remedies.joined(separator: " or "))")
  }
}
