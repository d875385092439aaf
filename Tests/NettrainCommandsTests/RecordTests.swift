import Testing
import Training

@testable import NettrainCommands

@Suite("Records") struct RecordTests {
  private let record = Record(
    "epoch", [("b", .number(0.5)), ("a", .null), ("c", .integer(3)), ("d", .number(.nan)), ("e", .string("x"))])

  @Test("JSON has the keys in alphabetical order, the event, and null for what is not finite")
  func json() {
    #expect(record.json == #"{"a":null,"b":0.5,"c":3,"d":null,"e":"x","event":"epoch"}"#)
  }

  @Test("CSV has the columns in their order, without the event, and nothing for what is null")
  func csv() {
    #expect(record.csvHeader == "b,a,c,d,e")
    #expect(record.csvRow == "0.5,,3,,x")
  }
}
