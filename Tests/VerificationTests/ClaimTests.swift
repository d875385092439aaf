import Datasets
import Foundation
import Glibc
import LinearAlgebra
import NeuralNetwork
import TestSupport
import Testing
import Verification

@Suite("Claims of the chapter") struct ClaimTests {
  private static let subject = Result {
    let folder = try DataFolder(readingFrom: root + "/data")
    var subject = try Subject(folder: folder, hidden: [12, 9], seed: 0)
    subject.comparedWeights = 40
    return subject
  }

  /// The ids of the claims that do not hold under some formulas.
  private func failures(_ formulas: Formulas = Formulas()) throws -> [String] {
    let subject = try Self.subject.get()
    return try Claim.all.filter { try !$0.verify(on: subject, with: formulas).holds }.map(\.id)
  }

  @Test("there are sixteen claims, and all hold")
  func allHold() throws {
    #expect(Claim.all.count == 16)
    #expect(Set(Claim.all.map(\.id)).count == 16)
    #expect(try failures() == [])
  }

  @Test("σ′ with 1 − σ(z), which rounds to 0, fails exercise 1 alone")
  func roundedSlope() throws {
    var formulas = Formulas()
    formulas.sigmoidSlope = { z in Sigmoid(z).value * (1 - Sigmoid(z).value) }
    #expect(try failures(formulas) == ["exercise 1"])
  }

  @Test("σ′ with a factor dropped fails exercise 1 alone")
  func slopeFactorDropped() throws {
    var formulas = Formulas()
    formulas.sigmoidSlope = { z in Sigmoid(z).value }
    #expect(try failures(formulas) == ["exercise 1"])
  }

  @Test("the cross-entropy by logarithms of the rounded output fails exercise 2 alone")
  func logarithmOfOutput() throws {
    var formulas = Formulas()
    formulas.crossEntropy = { z, y in
      let a = Sigmoid(z).value
      return -(y * log(a) + (1 - y) * log(1 - a))
    }
    #expect(try failures(formulas) == ["exercise 2"])
  }

  @Test("a cross-entropy that is wrong between 0 and 1 fails exercise 3 alone")
  func wrongInBetween() throws {
    var formulas = Formulas()
    let crossEntropy = formulas.crossEntropy
    formulas.crossEntropy = { z, y in crossEntropy(z, y) + y * (1 - y) * z }
    #expect(try failures(formulas) == ["exercise 3"])
  }

  @Test("an error of turned sign fails exercise 3 alone")
  func turnedSign() throws {
    var formulas = Formulas()
    formulas.crossEntropyDelta = { z, y in y - Sigmoid(z).value }
    #expect(try failures(formulas) == ["exercise 3"])
  }

  @Test("the quadratic cost's error without the factor σ′ fails problem 1 alone")
  func slopeLeftOut() throws {
    let crossEntropy = try Objective(output: .sigmoid, cost: .crossEntropy)
    var formulas = Formulas()
    formulas.gradient = { objective, network, batch in
      backpropagated(objective.output == .sigmoid ? crossEntropy : objective, network, batch)
    }
    #expect(try failures(formulas) == ["problem 1"])
  }

  @Test("a gradient of turned sign under linear outputs fails problem 2 alone")
  func linearSign() throws {
    var formulas = Formulas()
    formulas.gradient = { objective, network, batch in
      let gradient = backpropagated(objective, network, batch)
      return objective.output == .linear ? scaled(gradient, by: -1) : gradient
    }
    #expect(try failures(formulas) == ["problem 2"])
  }

  @Test("a gradient of weights without the factor xⱼ fails problem 3 alone")
  func inputDropped() throws {
    var formulas = Formulas()
    formulas.exampleGradient = { objective, network, digit in
      let gradient = backpropagated(objective, network, digit)
      var layers = gradient.layers
      var weights = layers[0].weights
      for row in 0..<weights.rows {
        for column in 0..<weights.columns { weights[row, column] = layers[0].biases[row] }
      }
      layers[0] = Layer(weights: weights, biases: layers[0].biases)
      return Network(layers: layers)
    }
    #expect(try failures(formulas) == ["problem 3"])
  }

  @Test("softmax without its denominator fails exercise 4 alone")
  func denominatorDropped() throws {
    var formulas = Formulas()
    let outputs = formulas.outputs
    formulas.outputs = { output, z in
      guard output == .softmax else { return outputs(output, z) }
      return Matrix(rows: z.rows, columns: z.columns, elements: z.elements.map { exp($0) })
    }
    #expect(try failures(formulas) == ["exercise 4"])
  }

  @Test("the softmax Jacobian with its off-diagonal left out fails exercise 5 alone")
  func offDiagonalLeftOut() throws {
    var formulas = Formulas()
    formulas.softmaxJacobian = { z in
      var jacobian = Softmax.jacobian(z)
      for j in z.indices {
        for k in z.indices where k != j { jacobian[j, k] = 0 }
      }
      return jacobian
    }
    #expect(try failures(formulas) == ["exercise 5"])
  }

  @Test("a softmax whose outputs do not feel each other fails exercise 6 alone")
  func localSoftmax() throws {
    var formulas = Formulas()
    formulas.response = { _, z in z.map { Sigmoid($0).value } }
    #expect(try failures(formulas) == ["exercise 6"])
  }

  @Test("an inverse without its logarithm fails problem 4 alone")
  func logarithmDropped() throws {
    var formulas = Formulas()
    formulas.softmaxInverse = { $0 }
    #expect(try failures(formulas) == ["problem 4"])
  }

  @Test("the log-likelihood with the error of the quadratic cost fails problem 5 alone")
  func wrongSoftmaxError() throws {
    let quadratic = try Objective(output: .softmax, cost: .quadratic)
    var formulas = Formulas()
    formulas.gradient = { objective, network, batch in
      backpropagated(objective.output == .softmax ? quadratic : objective, network, batch)
    }
    #expect(try failures(formulas) == ["problem 5"])
  }

  @Test("a softmax that ignores c fails problem 6 alone")
  func scaleIgnored() throws {
    var formulas = Formulas()
    formulas.scaledSoftmax = { z, _ in Softmax.outputs(z) }
    #expect(try failures(formulas) == ["problem 6"])
  }

  @Test("decay without one of its terms fails the claim on regularization alone")
  func decayDropped() throws {
    for term in [\UpdateChoices.l1, \.l2] {
      var formulas = Formulas()
      let decayed = formulas.decayed
      formulas.decayed = { network, choices in
        var choices = choices
        choices[keyPath: term] = 0
        return decayed(network, choices)
      }
      #expect(try failures(formulas) == ["regularization"])
    }
  }

  @Test("momentum that keeps a little less of the velocity fails its claim alone")
  func velocityLost() throws {
    var formulas = Formulas()
    let trained = formulas.trainedByMomentum
    formulas.trainedByMomentum = { objective, network, batches, choices in
      var choices = choices
      choices.momentum -= 1e-6
      return trained(objective, network, batches, choices)
    }
    #expect(try failures(formulas) == ["momentum"])
  }

  @Test("rectifiers and tanh with the slopes of sigmoid neurons fail the claim on neurons alone")
  func sigmoidSlopes() throws {
    var formulas = Formulas()
    formulas.gradientOfOtherNeurons = { objective, network, batch in
      backpropagated(objective, Network(layers: network.layers), batch)
    }
    #expect(try failures(formulas) == ["neurons"])
  }

  @Test("Adam without weight decay in its gradient fails its claim alone")
  func decayLeftOut() throws {
    var formulas = Formulas()
    let trained = formulas.trainedByAdam
    formulas.trainedByAdam = { objective, network, batches, choices in
      var choices = choices
      choices.l2 = 0
      return trained(objective, network, batches, choices)
    }
    #expect(try failures(formulas) == ["adam"])
  }
}

/// A network with all parameters multiplied.
private func scaled(_ network: Network<Double>, by factor: Double) -> Network<Double> {
  Network(
    layers: network.layers.map { layer in
      Layer(
        weights: Matrix(
          rows: layer.outputCount, columns: layer.inputCount, elements: layer.weights.elements.map { factor * $0 }),
        biases: layer.biases.map { factor * $0 })
    })
}
