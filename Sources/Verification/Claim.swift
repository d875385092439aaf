/// A statement that chapter 3 derives or leaves to its reader, and that can be checked numerically.
public struct Claim: Sendable {
  /// Its name, such as `exercise 1`, counted over the chapter to its section on softmax; then its subject.
  public let id: String

  /// The statement in symbols.
  public let statement: String

  /// The inputs that were varied and the independent check.
  public let method: String

  /// The reason for the bound, from the rounding errors of the check.
  public let boundReason: String

  /// The largest error that is allowed.
  public let bound: Double

  let check: @Sendable (Subject, Formulas) throws -> Measurement

  /// Checks the claim.
  public func verify(on subject: Subject, with formulas: Formulas = Formulas()) throws -> Finding {
    let measurement = try check(subject, formulas)
    return Finding(claim: self, error: measurement.error, details: measurement.details)
  }
}

extension Claim {
  /// The claims in the order of the chapter; Adam, which it only mentions, is the last.
  public static let all = [
    exercise1, exercise2, exercise3, problem1, problem2, problem3, exercise4, exercise5, exercise6, problem4, problem5,
    problem6, regularization, momentum, neurons, adam,
  ]
}

/// The largest of some errors, with the figures behind it.
struct Measurement {
  private(set) var error = 0.0
  var details: [Detail] = []

  /// Adds an error; NaN counts as infinite.
  mutating func add(_ error: Double) { self.error = max(self.error, error.isNaN ? .infinity : error) }

  /// Adds a condition; a false one is named in the details and makes the error infinite.
  mutating func require(_ condition: Bool, _ name: String) {
    guard !condition else { return }
    error = .infinity
    let detail = Detail(name: "not so: \(name)", value: .infinity)
    if !details.contains(detail) { details.append(detail) }
  }

  /// Adds the error of a part, and its name and value to the details.
  mutating func add(_ error: Double, of part: String) {
    add(error)
    details.append(Detail(name: part, value: error))
  }
}

/// A figure that belongs to a finding.
public struct Detail: Equatable, Sendable {
  /// Its name.
  public let name: String
  /// Its value.
  public let value: Double
}

/// The result of checking a claim.
public struct Finding: Sendable {
  /// The claim.
  public let claim: Claim

  /// The largest error found.
  public let error: Double

  /// The figures behind it.
  public let details: [Detail]

  /// Whether the claim holds: the error is within the bound.
  public var holds: Bool { error <= claim.bound }
}
