/// A figure of each epoch that a learning curve can show. The raw value is its name in logs.
public enum Metric: String, CaseIterable, CodingKey, Sendable {
  /// The accuracy during the training pass.
  case trainAccuracy = "train_accuracy"
  /// The accuracy on the validation examples after the pass.
  case validationAccuracy = "validation_accuracy"
  /// The accuracy on the test images after the pass.
  case testAccuracy = "test_accuracy"
  /// The mean cost during the training pass.
  case trainCost = "train_cost"
  /// The mean cost on the validation examples after the pass.
  case validationCost = "validation_cost"
  /// The mean cost on the test images after the pass.
  case testCost = "test_cost"
  /// The weight penalty after the pass.
  case penalty
  /// The learning rate of the pass.
  case learningRate = "learning_rate"
}
