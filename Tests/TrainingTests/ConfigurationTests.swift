import Foundation
import NeuralNetwork
import Testing
import Training

@Suite("Configurations") struct ConfigurationTests {
  private let configuration = TrainingTests.configuration(
    Objective.all[1], learningRate: 0.25, hidden: [30, 20]
  ) { configuration in
    (configuration.seed, configuration.patience, configuration.labelSmoothing) = (.max, 5, 0.1)
  }

  @Test("a configuration comes back from JSON as it was, the largest seed included")
  func roundTrip() throws {
    let text = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(TrainingConfiguration.self, from: text) == configuration)
  }

  @Test("each choice has the name of its option in snake case and its value, also where it is none")
  func fields() {
    let fields = configuration.fields.map { "\($0.name)=\($0.value)" }
    #expect(
      fields == [
        "hidden=30,20", "activation=sigmoid", "output=sigmoid", "cost=cross-entropy", "softmax_scale=1", "init=scaled",
        "init_from=", "epochs=30", "evaluate_every=1", "patience=5", "halvings=0", "best_by=accuracy", "min_delta=0",
        "batch_size=10",
        "learning_rate=0.25", "learning_rate_decay=1", "optimizer=sgd", "momentum=0", "l2=0", "l1=0", "dropout=none",
        "label_smoothing=0.1", "seed=18446744073709551615", "shuffle=true", "limit=0", "validation=0",
        "validation_split=tail", "expand=false", "precision=double", "threads=1", "kernel=dense", "saturation=false",
      ])
  }

  @Test("what differs is named with both values")
  func differences() {
    var other = configuration
    (other.l2, other.patience, other.hidden) = (5, nil, [])
    let differences = other.differences(from: configuration).map { "\($0.name): \($0.value), \($0.other)" }
    #expect(differences == ["hidden: none, 30,20", "patience: , 5", "l2: 5, 0"])
    #expect(configuration.differences(from: configuration).isEmpty)
  }

  @Test("values are JSON's, and a number that is not finite is null")
  func values() throws {
    let value = FieldValue.object([
      "a": .list([.null, .bool(true), .integer(-3), .unsigned(.max), .number(0.5), .string("x\"y")]),
      "b": .number(.infinity), "c": .object([:]),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(value), as: UTF8.self)
    #expect(text == #"{"a":[null,true,-3,"18446744073709551615",0.5,"x\"y"],"b":null,"c":{}}"#)
    let decoded = try JSONDecoder().decode(FieldValue.self, from: Data(text.utf8))
    #expect(try encoder.encode(decoded) == encoder.encode(value))
  }
}
