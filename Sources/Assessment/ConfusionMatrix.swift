/// How often the examples of each class were read as each class.
public struct ConfusionMatrix: Equatable, Sendable {
  /// The number of classes, K.
  public let classCount: Int

  private var counts: [Int]

  /// A matrix of no examples.
  public init(classCount: Int) {
    self.classCount = classCount
    counts = Array(repeating: 0, count: classCount * classCount)
  }

  /// The number of examples of a class that were read as a class.
  public internal(set) subscript(label: Int, read: Int) -> Int {
    get { counts[label * classCount + read] }
    set { counts[label * classCount + read] = newValue }
  }

  /// The number of examples.
  public var count: Int { counts.reduce(0, +) }

  /// The number of examples that were read as what they are.
  public var correctCount: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }

  /// The number of examples of a class.
  public func count(of label: Int) -> Int { (0..<classCount).reduce(0) { $0 + self[label, $1] } }

  /// The number of examples that were read as a class.
  public func count(readAs read: Int) -> Int { (0..<classCount).reduce(0) { $0 + self[$1, read] } }

  /// The share of the examples read as a class that belong to it; `nil` if there are none.
  public func precision(of label: Int) -> Double? { share(self[label, label], of: count(readAs: label)) }

  /// The share of the examples of a class that were read as it; `nil` if there are none.
  public func recall(of label: Int) -> Double? { share(self[label, label], of: count(of: label)) }

  /// The harmonic mean of precision and recall; `nil` if the class neither occurs nor was read.
  ///
  ///     F₁ = 2·right / (examples of the class + examples read as it)
  public func f1(of label: Int) -> Double? {
    share(2 * self[label, label], of: count(of: label) + count(readAs: label))
  }

  private func share(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
