/// The floating-point type of weights, activations and gradients.
public enum Precision: String, CaseIterable, Codable, Sendable {
  /// IEEE double precision, `Double`.
  case double
  /// IEEE single precision, `Float`.
  case single

  /// The size of a number in bytes.
  public var byteCount: Int { self == .double ? 8 : 4 }
}
