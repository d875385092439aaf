import ArgumentParser

/// What turns the words of the command line into values; each says what it takes when it gets something else.
///
/// Options that take numbers are parsed `.unconditional`ly, so that a negative number reaches these functions and is
/// not taken for an option.
enum Parse {
  /// The name of a file or folder. An empty one comes from a variable of the shell that is not set.
  static func name(_ word: String) throws -> String {
    guard !word.isEmpty else { throw ValidationError("the name is empty; give one, or leave the option out") }
    return word
  }

  /// A whole number that is not negative.
  static func count(_ word: String) throws -> Int {
    guard let number = Int(word), number >= 0 else { throw ValidationError("give a whole number from 0 on") }
    return number
  }

  /// A whole number from 1 on.
  static func positiveCount(_ word: String) throws -> Int {
    guard let number = Int(word), number > 0 else { throw ValidationError("give a whole number from 1 on") }
    return number
  }

  static func seed(_ word: String) throws -> UInt64 {
    guard let number = UInt64(word) else {
      throw ValidationError("a seed is a whole number from 0 to \(UInt64.max)")
    }
    return number
  }

  static func learningRate(_ word: String) throws -> Double {
    guard let number = Double(word), number > 0, number.isFinite else {
      throw ValidationError("rates are positive; give a number such as 0.5")
    }
    return number
  }

  static func l2(_ word: String) throws -> Double {
    guard let number = Double(word), number >= 0, number.isFinite else {
      throw ValidationError("the regularisation parameter is not negative; give 0 or a number such as 5")
    }
    return number
  }

  static func labelSmoothing(_ word: String) throws -> Double {
    guard let number = Double(word), number >= 0, number < 1 else {
      throw ValidationError("give a number from 0 to below 1, such as 0.1")
    }
    return number
  }

  static func softmaxScale(_ word: String) throws -> Double {
    guard let number = Double(word), number > 0, number.isFinite else {
      throw ValidationError("the scale is positive; 1 is the usual softmax")
    }
    return number
  }

  /// A fraction, as 0.92 or 92%.
  static func accuracy(_ word: String) throws -> Double {
    // 82.4% is read as 82.4e-2: divided by 100 it would come out an ulp above the 824 of 1000 that it means.
    let number = Double(word.hasSuffix("%") ? word.dropLast() + "e-2" : word)
    guard let number, (0...1).contains(number) else {
      throw ValidationError("give a fraction from 0 to 1, such as 0.92, or a percentage such as 92%")
    }
    return number
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
}
