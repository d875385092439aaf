import ArgumentParser
import Experiments
import NeuralNetwork
import Verification

/// Functions that turn the words of the command line into values. Each says what it accepts when it gets something else.
///
/// Options that take numbers are parsed `.unconditional`ly: so a negative number reaches these functions and is not taken
/// for an option.
enum Parse {
  /// The name of a file or folder. An empty one comes from a variable of the shell that is not set.
  static func name(_ word: String) throws -> String {
    guard !word.isEmpty else { throw ValidationError("the name is empty; give one, or leave the option out") }
    return word
  }

  /// A value that is usable, or else the remedy as an error.
  private static func value<Value>(
    _ value: Value?, _ remedy: String, _ isUsable: (Value) -> Bool = { _ in true }
  ) throws -> Value {
    guard let value, isUsable(value) else { throw ValidationError(remedy) }
    return value
  }

  /// A whole number that is not negative.
  static func count(_ word: String) throws -> Int { try count(word, from: 0) }

  /// A whole number from 1 on.
  static func positiveCount(_ word: String) throws -> Int { try count(word, from: 1) }

  /// A whole number from `least` on. Every reader of a log gets it exactly.
  private static func count(_ word: String, from least: Int) throws -> Int {
    let number = try value(Int(word), "give a whole number from \(least) on") { $0 >= least }
    return try value(number, "give a whole number up to \(1 << 53)") { $0 <= 1 << 53 }
  }

  /// A number of epochs that are all kept in memory. More than a million would show no more.
  static func keptEpochs(_ word: String) throws -> Int {
    try value(Int(word), "give a whole number from 1 to 1000000") { (1...1_000_000).contains($0) }
  }

  /// The seed of the random numbers.
  static func seed(_ word: String) throws -> UInt64 {
    try value(UInt64(word), "a seed is a whole number from 0 to \(UInt64.max)")
  }

  /// A finite number.
  static func number(_ word: String) throws -> Double {
    try value(Double(word), "give a number, such as 2") { $0.isFinite }
  }

  static func learningRate(_ word: String) throws -> Double {
    try value(Double(word), "rates are positive; give a number such as 0.5") { $0 > 0 && $0.isFinite }
  }

  static func softmaxScale(_ word: String) throws -> Double {
    try value(Double(word), "the scale is positive; 1 is the usual softmax") { $0 > 0 && $0.isFinite }
  }

  /// A gain in a figure of the validation examples.
  static func gain(_ word: String) throws -> Double {
    try value(Double(word), "a gain is not negative; give 0 or a number such as 0.001") { $0 >= 0 && $0.isFinite }
  }

  static func l2(_ word: String) throws -> Double {
    try value(Double(word), "the regularisation parameter is not negative; give 0 or a number such as 5") {
      $0 >= 0 && $0.isFinite
    }
  }

  /// A factor above 0, at most 1.
  static func decay(_ word: String) throws -> Double {
    try value(Double(word), "give a number above 0 and at most 1, such as 0.98") { $0 > 0 && $0 <= 1 }
  }

  /// A share below 1.
  static func share(_ word: String) throws -> Double {
    try value(Double(word), "give a number from 0 to below 1, such as 0.1") { $0 >= 0 && $0 < 1 }
  }

  /// Shares below 1, such as 0.5 or 0.2,0.5.
  static func shares(_ word: String) throws -> [Double] {
    try word.split(separator: ",", omittingEmptySubsequences: false).map { try share(String($0)) }
  }

  /// A number from 0 to 1.
  static func fraction(_ word: String) throws -> Double {
    try value(Double(word), "give a number from 0 to 1") { (0...1).contains($0) }
  }

  /// A fraction, as 0.92 or 92%.
  static func accuracy(_ word: String) throws -> Double {
    // 82.4% is read as 82.4e-2: divided by 100 it would be an ulp above the 824 of 1000 that it means.
    try value(
      Double(word.hasSuffix("%") ? word.dropLast() + "e-2" : word),
      "give a fraction from 0 to 1, such as 0.92, or a percentage such as 92%"
    ) { (0...1).contains($0) }
  }

  /// The sizes of the hidden layers: `30`, `100,50` or `none`.
  static func hiddenLayers(_ word: String) throws -> [Int] {
    if word == "none" { return [] }
    return try word.split(separator: ",", omittingEmptySubsequences: false).map { size in
      guard let size = Int32(size), size > 0 else {
        throw ValidationError("give the neurons of each hidden layer, from 1 on, such as 30 or 100,50, or none")
      }
      return Int(size)
    }
  }

  /// A pair of output and cost, such as sigmoid:quadratic.
  static func pair(_ word: String) throws -> Objective {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let output = OutputLayer(rawValue: parts[0]), let cost = Cost(rawValue: parts[1]),
      let pair = try? Objective(output: output, cost: cost)
    else {
      throw ValidationError(
        "give one of " + Objective.all.map { "\($0.output):\($0.cost.rawValue)" }.joined(separator: ", "))
    }
    return pair
  }

  /// The seeds of a comparison: their number, counted from 0, or the first and the last.
  static func seeds(_ word: String) throws -> [UInt64] {
    let remedy = "give a number of seeds from 1 to 10000, or the first and the last of as many, such as 3-7"
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      return Array(0..<(try value(UInt64(word), remedy) { (1...10_000).contains($0) }))
    }
    let (first, last) = (try value(UInt64(parts[0]), remedy), try value(UInt64(parts[1]), remedy))
    guard first <= last, last - first < 10_000 else { throw ValidationError(remedy) }
    return Array(first...last)
  }

  /// The learning rates to choose from; `auto` for a grid around each default.
  static func rates(_ word: String) throws -> TuningRates {
    if word == TuningRates.auto { return TuningRates(rates: nil) }
    let rates = try word.split(separator: ",", omittingEmptySubsequences: false).map { try learningRate(String($0)) }
    guard rates.count > 1, Set(rates).count == rates.count else {
      throw ValidationError("give two rates or more, each once, such as 0.1,0.3,1")
    }
    return TuningRates(rates: rates)
  }

  /// An option and the values that it is varied over.
  static func variation(_ word: String) throws -> Variation {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let option = parts[0].trimmingPrefix("--")
    guard parts.count == 2, !option.isEmpty else {
      throw ValidationError("give an option and its values, such as learning-rate=0.1,0.3")
    }
    let values = parts[1].split(separator: parts[1].contains(";") ? ";" : ",", omittingEmptySubsequences: false)
    guard values.allSatisfy({ !$0.isEmpty }) else {
      throw ValidationError("a value is empty; give each, or leave it out")
    }
    guard Set(values).count == values.count else { throw ValidationError("a value occurs twice; give each once") }
    return Variation(option: String(option), values: values.map(String.init))
  }

  /// Figures of epochs, each once, such as test-cost,test-accuracy.
  static func metrics(_ word: String) throws -> [Metric] {
    let names = word.split(separator: ",", omittingEmptySubsequences: false)
    let metrics = names.compactMap { name in Metric.allCases.first { $0.option == name } }
    guard metrics.count == names.count else {
      throw ValidationError("give one or more of " + Metric.allCases.map(\.option).joined(separator: ","))
    }
    guard Set(metrics).count == metrics.count else { throw ValidationError("a figure occurs twice; give each once") }
    return metrics
  }

  /// A claim by its id; a hyphen serves for the space.
  static func claim(_ word: String) throws -> Claim {
    let id = word.lowercased().replacing("-", with: " ")
    guard let claim = Claim.all.first(where: { $0.id == id }) else {
      throw ValidationError("give one of " + Claim.all.map { "\"\($0.id)\"" }.joined(separator: ", "))
    }
    return claim
  }
}
