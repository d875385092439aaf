import Foundation
import Safetensors
import Testing

private let folder = ProcessInfo.processInfo.environment["NETTRAIN_SAFETENSORS_CASES"]

/// One half of `scripts/check-safetensors`, which compares what is found here with the reference's verdicts.
@Suite("Safetensors files beside the reference implementation") struct VerdictTests {
  @Test(
    "each file of a folder is read and written anew, or refused for a reason",
    .enabled(if: folder != nil, "scripts/check-safetensors names the folder"))
  func verdicts() throws {
    let folder = try #require(folder)
    var verdicts = ""
    for name in try names(in: folder + "/cases") {
      do {
        let contents = try Safetensors(readingFrom: "\(folder)/cases/\(name)")
        try Data(contents.encoded()).write(to: URL(filePath: "\(folder)/rewritten/\(name)"))
        verdicts += "\(name)\taccepted\n"
      } catch let error as SafetensorsError {
        verdicts += "\(name)\t\(error.fault)\n"
      }
    }
    try verdicts.write(toFile: folder + "/verdicts", atomically: true, encoding: .utf8)
  }
}
