import NeuralNetwork

/// Records as rows of numbers, as a checkpoint holds them. What is missing is not a number.
extension EpochRecord {
  static let figureCount = 16

  /// Epoch, penalty, seconds, evaluation seconds; then three figures each for training, validation, test and saturation.
  var figures: [Double] {
    [Double(epoch), penalty, seconds ?? .nan, evaluationSeconds] + training.figures + validation.figures
      + Optional(test).figures + saturation.figures
  }

  /// The record of such a row; `nil` if it makes no sense.
  init?(figures: [Double]) {
    guard figures.count == Self.figureCount, let epoch = Int(exactly: figures[0]), epoch > 0,
      let test = Evaluation(figures: figures[10..<13]), test.count > 0, isDuration(figures[3]),
      figures[2].isNaN || isDuration(figures[2]), figures[1].isFinite
    else { return nil }
    self.init(
      epoch: epoch, training: Evaluation(figures: figures[4..<7]), validation: Evaluation(figures: figures[7..<10]),
      test: test, penalty: figures[1], seconds: figures[2].isNaN ? nil : figures[2], evaluationSeconds: figures[3],
      saturation: Saturation(figures: figures[13..<16]))
  }
}

extension PartialEpoch {
  static let figureCount = 8

  /// Examples seen and seconds; then three figures each for evaluation and saturation.
  var figures: [Double] { [Double(examplesSeen), seconds] + Optional(evaluation).figures + saturation.figures }

  /// The part of an epoch of such figures; `nil` if they make no sense.
  init?(figures: [Double]) {
    guard figures.count == Self.figureCount, let examplesSeen = Int(exactly: figures[0]), examplesSeen >= 0,
      let evaluation = Evaluation(figures: figures[2..<5]), evaluation.count == examplesSeen,
      isDuration(figures[1])
    else { return nil }
    self.init()
    self.examplesSeen = examplesSeen
    self.seconds = figures[1]
    self.evaluation = evaluation
    self.saturation = Saturation(figures: figures[5..<8])
  }
}

extension Evaluation? {
  fileprivate var figures: [Double] {
    map { [$0.totalCost, Double($0.correctCount), Double($0.count)] } ?? [.nan, .nan, .nan]
  }
}

extension Evaluation {
  fileprivate init?(figures: ArraySlice<Double>) {
    let figures = Array(figures)
    guard let correctCount = Int(exactly: figures[1]), let count = Int(exactly: figures[2]), correctCount >= 0,
      correctCount <= count, figures[0].isFinite
    else { return nil }
    self.init(totalCost: figures[0], correctCount: correctCount, count: count)
  }
}

extension Saturation? {
  fileprivate var figures: [Double] {
    map { [$0.slopeSum, Double($0.saturatedCount), Double($0.count)] } ?? [.nan, .nan, .nan]
  }
}

extension Saturation {
  fileprivate init?(figures: ArraySlice<Double>) {
    let figures = Array(figures)
    guard let saturatedCount = Int(exactly: figures[1]), let count = Int(exactly: figures[2]), saturatedCount >= 0,
      saturatedCount <= count, figures[0].isFinite
    else { return nil }
    self.init(slopeSum: figures[0], saturatedCount: saturatedCount, count: count)
  }
}
