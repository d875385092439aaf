/// A statement that chapter 3 derives or leaves to its reader, and that can be checked numerically.
public struct Claim: Sendable {
  /// Its name, such as `exercise 1`, counted over the chapter to its section on softmax.
  public let id: String

  /// The statement in symbols.
  public let statement: String

  /// What was varied, and by what the statement was checked.
  public let method: String

  /// Where floating point sets the bound, why it is what it is.
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

/// The largest of some errors, and what else there is to tell.
struct Measurement {
  private(set) var error = 0.0
  var details: [Detail] = []

  /// Takes in an error; one that is not a number is infinite.
  mutating func add(_ error: Double) { self.error = max(self.error, error.isNaN ? .infinity : error) }

  /// Takes in a condition; one that does not hold is named, and the error is infinite.
  mutating func require(_ condition: Bool, _ name: String) {
    guard !condition else { return }
    error = .infinity
    let detail = Detail(name: "not so: \(name)", value: .infinity)
    if !details.contains(detail) { details.append(detail) }
  }

  /// Takes in the error of a part, and shows it.
  mutating func add(_ error: Double, of part: String) {
    add(error)
    details.append(Detail(name: part, value: error))
  }
}

/// A figure that belongs to a finding.
public struct Detail: Equatable, Sendable {
  /// What it is.
  public let name: String
  /// Its value.
  public let value: Double
}

/// What checking a claim found.
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
