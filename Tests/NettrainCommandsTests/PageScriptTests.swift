import NeuralNetwork
import Testing

@testable import NettrainCommands

@Suite("The script of a page") struct PageScriptTests {
  @Test("it knows every activation and every output layer that a model may have")
  func functions() {
    let network = String(decoding: PackageResources.network_js, as: UTF8.self)
    let answer = String(decoding: PackageResources.answer_js, as: UTF8.self)
    for activation in Activation.allCases { #expect(network.contains("\n  \(activation.rawValue): (z)")) }
    for layer in OutputLayer.allCases {
      #expect(network.contains("\n  \(layer.rawValue): (z"))
      #expect(answer.contains("\n  \(layer.rawValue): {"))
    }
  }

  @Test("a page of more bytes than a browser takes in one text has a note, and a smaller one has none")
  func largePages() {
    #expect(PageDocument.note(forBytes: 536_870_911) == nil)
    #expect(PageDocument.note(forBytes: 1_068_516_626)?.contains("has 1068 MB") ?? false)
  }
}
