import Datasets
import Training

extension TrainingData {
  /// Notes on classes of which no example trains or validates, as happens where the file is sorted.
  ///
  /// - Parameter canStratify: Whether the user can ask for a stratified split; that is suggested where it helps.
  /// - Returns: A note for each part that lacks classes.
  func classNotes(canStratify: Bool) -> [String] {
    let counts = (training.classCounts(classCount), validation?.classCounts(classCount))
    var notes = [Self.note(counts.0, "training"), counts.1.flatMap { Self.note($0, "validation") }].compactMap(\.self)
    if canStratify, let held = counts.1, !notes.isEmpty, stratifiedSplitHelps(counts.0, held) {
      notes[notes.count - 1] += "; --validation-split stratified holds out as many of each class as its share"
    }
    return notes
  }

  /// Whether fewer classes would be lacking if the same number were held out by class.
  private func stratifiedSplitHelps(_ training: [Int], _ held: [Int]) -> Bool {
    let all = Examples(of: self.training.dataset).classCounts(classCount)
    let shares = ValidationSplit.shares(of: all, heldCount: held.reduce(0, +))
    func lacking(_ counts: [Int]) -> Int { counts.count { $0 == 0 } }
    // A limit takes the first of the examples that remain, however they were held out.
    let isLimited = training.reduce(0, +) + held.reduce(0, +) < all.reduce(0, +)
    let remaining = isLimited ? training : zip(all, shares).map(-)
    return lacking(shares) + lacking(remaining) < lacking(held) + lacking(training)
  }

  private static func note(_ counts: [Int], _ part: String) -> String? {
    let lacking = counts.indices.filter { counts[$0] == 0 }
    guard !lacking.isEmpty else { return nil }
    let others = counts.indices.filter { counts[$0] > 0 }
    let figures =
      others.count <= 10
      ? others.map { "\($0): \(counts[$0])" }.joined(separator: ", ") : "the \(others.count) others have some"
    let (noun, verb) = lacking.count == 1 ? ("class", "has") : ("classes", "have")
    return "\(noun) \(list(lacking)) \(verb) no \(part) example (\(figures))"
  }

  /// Numbers that rise, with runs drawn together: 0, 3 to 7 and 9.
  private static func list(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    var words = runs.prefix(8).flatMap { run in
      run.count < 3 ? run.map { "\($0)" } : ["\(run.lowerBound) to \(run.upperBound)"]
    }
    let others = runs.dropFirst(8).map(\.count).reduce(0, +)
    if others > 0 { words.append("\(others) others") }
    let last = words.removeLast()
    return words.isEmpty ? last : words.joined(separator: ", ") + " and " + last
  }
}
