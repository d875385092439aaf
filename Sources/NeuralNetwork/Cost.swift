/// The cost function of an example: how far its outputs are from its targets.
public enum Cost: String, CaseIterable, Codable, Sendable {
  /// C = ½‖a − y‖².
  /// - Source: the book's equation 6, for one example.
  case quadratic
  /// C = −Σⱼ [yⱼ ln aⱼ + (1 − yⱼ) ln(1 − aⱼ)] with sigmoid outputs, and the log-likelihood cost
  /// C = −Σⱼ yⱼ ln aⱼ with softmax.
  /// - Source: the book's equations 63 and 80.
  case crossEntropy = "cross-entropy"
}
