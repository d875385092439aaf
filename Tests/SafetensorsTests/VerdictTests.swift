import Foundation
import Safetensors
import TestSupport
import Testing

private let folder = ProcessInfo.processInfo.environment["NETTRAIN_SAFETENSORS_CASES"]

/// Part of `scripts/check-safetensors`, which compares the verdicts found here with those of the reference.
@Suite("Comparison with the reference implementation of safetensors") struct VerdictTests {
  @Test(
    "each file of a folder is read and rewritten, or refused for a reason",
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
        verdicts += "\(name)\t\(SafetensorsError(error.code))\n"
      }
    }
    try verdicts.write(toFile: folder + "/verdicts", atomically: true, encoding: .utf8)
  }
}
