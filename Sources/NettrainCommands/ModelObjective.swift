import Files
import NeuralNetwork
import Training

extension Model {
  /// The output layer that a model is used with: its own, or softmax where the file does not tell one.
  /// - Parameter name: The name of the model, for the note.
  /// - Returns: The output layer with its cost, and a note if the file does not tell them.
  /// - Throws: Nothing, for softmax has the cross-entropy.
  func objectiveInUse(named name: String) throws -> (objective: Objective, note: String?) {
    if let objective { return (objective, nil) }
    return (
      try Objective(output: .softmax, cost: .crossEntropy),
      "\(name.shown) does not tell its output layer; softmax is taken"
    )
  }
}
