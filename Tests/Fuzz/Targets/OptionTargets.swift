import ArgumentParser
import Files

@testable import NettrainCommands

extension FuzzTarget {
  /// The value of an option: every function that reads one gets the word.
  func readOptions(_ input: [UInt8]) throws -> String {
    let word = String(fileName: input)
    require(word.fileNameBytes == input, "a word has other bytes")
    let isList = word.contains(",")
    var accepted: [String] = []
    func check<Value>(_ name: String, _ parse: (String) throws -> Value, _ isUsable: (Value) -> Bool) {
      do {
        require(isUsable(try parse(word)), "\(name) reads a value out of its range")
        accepted.append(name)
      } catch {
        require(error is ValidationError, "\(name) refuses without a remedy")
      }
    }
    check("name", Parse.name) { !$0.isEmpty }
    check("count", Parse.count) { (0...1 << 53).contains($0) && !isList }
    check("positiveCount", Parse.positiveCount) { (1...1 << 53).contains($0) }
    check("keptEpochs", Parse.keptEpochs) { (1...1_000_000).contains($0) }
    check("seed", Parse.seed) { $0 >= 0 }
    check("number", Parse.number) { $0.isFinite }
    check("learningRate", Parse.learningRate) { $0 > 0 && $0.isFinite }
    check("softmaxScale", Parse.softmaxScale) { $0 > 0 && $0.isFinite }
    check("gain", Parse.gain) { $0 >= 0 && $0.isFinite }
    check("l2", Parse.l2) { $0 >= 0 && $0.isFinite }
    check("decay", Parse.decay) { $0 > 0 && $0 <= 1 }
    check("share", Parse.share) { (0..<1).contains($0) }
    check("shares", Parse.shares) { !$0.isEmpty && $0.allSatisfy((0..<1).contains) }
    check("fraction", Parse.fraction) { (0...1).contains($0) }
    check("accuracy", Parse.accuracy) { (0...1).contains($0) }
    check("hiddenLayers", Parse.hiddenLayers) { $0.allSatisfy { (1...Int(Int32.max)).contains($0) } }
    check("seeds", Parse.seeds) { (1...10_000).contains($0.count) }
    check("rates", Parse.rates) { $0.rates.map { $0.count > 1 && $0.allSatisfy { $0 > 0 && $0.isFinite } } ?? true }
    check("variation", Parse.variation) { !$0.values.isEmpty && !$0.option.isEmpty && !$0.values.contains("") }
    // Their remedies list all that there is, which takes the most time.
    if word.first?.isLetter ?? false {
      check("pair", Parse.pair) { "\($0.output):\($0.cost.rawValue)" == word }
      check("metrics", Parse.metrics) { !$0.isEmpty && Set($0).count == $0.count }
      check("claim", Parse.claim) { $0.id.count > 0 }
    }
    guard !accepted.isEmpty else { throw Failure(.usage, "no option has such a value: \(word.shown)") }
    return accepted.joined(separator: " ")
  }

  /// A whole command line: a word a line.
  func readArguments(_ input: [UInt8]) throws -> String {
    let words = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(fileName: $0)
    }
    do {
      let command = try Nettrain.parse(words)
      guard let comparison = command as? Compare else { return "\(type(of: command))" }
      let options = try VariantOptions(words: comparison.optionsOfTrain)
      try options.checkNotSet()
      guard comparison.vary.reduce(1.0, { $0 * Double($1.values.count) }) <= 16 else { return "Compare" }
      let grid = Variation.grid(comparison.vary)
      for row in grid {
        _ = try VariantOptions(words: row.flatMap { ["--\($0.option)", $0.value] }, variations: "x")
      }
      return "Compare \(grid.count)"
    } catch  where !(error is Failure) {
      throw Failure(.usage, Nettrain.message(for: error))
    }
  }
}
