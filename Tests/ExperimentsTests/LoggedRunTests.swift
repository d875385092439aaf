import Foundation
import TestSupport
import Testing
import Training

@testable import Experiments

/// The log of a run of ten test images, of which these are right. The epochs are lines of their own, or else two.
func log(
  seed: UInt64 = 0, right: [Int] = [0, 1], learningRate: Double = 1, data: String = "ab", status: String = "completed",
  bits: String? = nil, epochs: [String]? = nil
) -> String {
  var (configuration, correct) = (TrainingConfiguration(learningRate: learningRate), CorrectBits(count: 10))
  configuration.seed = seed
  configuration.epochs = epochs?.count ?? 2
  for index in right { correct[index] = true }
  let fields = configuration.fields.map { name, value in
    let text = (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return "\"\(name)\":\(text)"
  }
  let accuracy = Double(right.count) / 10
  let lines =
    epochs ?? [
      #"{"event":"epoch","epoch":1,"seconds":0.5,"test_accuracy":0.1}"#,
      #"{"event":"epoch","epoch":2,"seconds":0.25,"test_accuracy":\#(accuracy)}"#,
    ]
  return """
    {"event":"start","schema":2,\(fields.joined(separator: ",")),\
    "data":{"train":40,"validation":20,"test":10,"sha256":{"test_images":"\(data)"}}}
    \(lines.map { $0 + "\n" }.joined())\
    {"event":"end","status":"\(status)","test_accuracy":\(accuracy),"test_accuracy_at_best":0.2,\
    "validation_accuracy_at_best":0.3,"test_cost_quadratic":0.4,"test_cost_cross_entropy":null,\
    "test_correct":"\(bits ?? correct.base64)"}

    """
}

/// Reads a log of this text.
func read(_ text: String, keeping metrics: [Metric] = []) throws -> LoggedRun {
  try withTemporaryFile(Array(text.utf8)) { try LoggedRun(readingFrom: $0, keeping: metrics) }
}

@Suite("Logs of finished runs") struct LoggedRunTests {
  private func problem(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch let fault as LoggedRun.Fault {
      return fault.problem
    } catch {
      return "\(error)"
    }
  }

  @Test("a log has the choices, the data and the figures of its run")
  func figures() throws {
    let run = try read(log(seed: 7, right: [0, 3, 9]))
    #expect(run.configuration.seed == 7 && run.sha256 == ["test_images": "ab"])
    #expect(run.counts.train == 40 && run.counts.validation == 20 && run.counts.test == 10)
    #expect(run.result.epochs.map(\.seconds) == [0.5, 0.25])
    #expect(run.result.testAccuracy == 0.3 && run.result.testCosts == [.quadratic: 0.4])
    #expect(run.result.testCorrect?.correctCount == 3)
    #expect(!run.result.isDiverged)
    #expect(run.figures.isEmpty, "none was asked for")
  }

  @Test("a run that is said to be completed has all its epochs; one that is out of patience may have fewer")
  func lengths() throws {
    let other = log().replacing("\"epochs\":2", with: "\"epochs\":3")
    #expect(problem(other)?.hasPrefix("it has 2 epochs, and the run was to have 3") ?? false)
    #expect(problem(other.replacing("completed", with: "out_of_patience")) == nil)
  }

  @Test("a run that diverged has no accuracy of a last network")
  func diverged() throws {
    let result = try read(log(status: "diverged")).result
    #expect(result.isDiverged && result.testAccuracy == nil && result.testCorrect == nil)
    #expect(result.testAccuracyAtBest == 0.2)
  }

  @Test("a log that is cut off, wherever, or of a run that has not ended, is refused")
  func cut() {
    let text = log()
    for count in 0..<text.utf8.count {
      #expect(problem(String(decoding: text.utf8.prefix(count), as: UTF8.self)) != nil, "\(count) bytes")
    }
    #expect(problem(log(status: "interrupted"))?.contains("has not ended") ?? false)
  }

  @Test("a log whose epochs are not numbered from 1 on is refused")
  func order() {
    let epochs = [1, 2, 3, -1].map { #"{"event":"epoch","epoch":\#($0),"seconds":1,"test_accuracy":0.2}"# }
    #expect(problem(log(epochs: Array(epochs[..<3]))) == nil)
    for wrong in [[epochs[1]], [epochs[0], epochs[2]], [epochs[0], epochs[0]], [epochs[0], epochs[3]]] {
      #expect(problem(log(epochs: wrong))?.contains("not in order") ?? false)
    }
  }

  @Test("numbers of examples that no run has are refused")
  func counts() {
    for (figure, other) in [
      (#""test":10"#, #""test":0"#), (#""test":10"#, #""test":9223372036854775807"#), (#""train":40"#, #""train":-1"#),
    ] {
      #expect(problem(log(bits: "").replacing(figure, with: other))?.contains("another version") ?? false, "\(other)")
    }
  }

  @Test("a log with a name of many combining marks is refused at once", .timeLimit(.minutes(1)))
  func longNames() {
    let name = "a" + String(repeating: "\u{301}\u{323}", count: 500_000)
    #expect(problem(log().replacing(#""test_images""#, with: "\"\(name)\""))?.contains("not a log") ?? false)
  }

  @Test("another file, another schema and bits that do not fit are refused by name")
  func foreign() {
    #expect(problem("hello\n")?.contains("not a log of nettrain") ?? false)
    #expect(problem("{}\n{}\n{}\n")?.contains("not a log of nettrain") ?? false)
    #expect(problem(log().replacing(#""schema":2"#, with: #""schema":3"#))?.contains("another version") ?? false)
    for bits in ["gAA=", "wEA=", "wA", "AAAA", ""] {
      #expect(problem(log(bits: bits))?.contains("test_correct does not fit") ?? false, "\(bits)")
    }
  }
}
