import TestSupport
import Testing

@Suite("Percentages of counts") struct PercentageTests {
  /// Two kinds of images that any network tells apart, and the labels of test images, of which one may be wrong.
  private func data(testCount: Int, wrong: Int?) -> SmallData {
    func images(_ count: Int) -> [UInt8] { (0..<count).flatMap { $0 % 2 == 0 ? [255, 0] : [0, 255] as [UInt8] } }
    var labels = (0..<testCount).map { UInt8($0 % 2) }
    if let wrong { labels[wrong] ^= 1 }
    var data = SmallData()
    data.files["train-images-idx3-ubyte"] = idx([600, 1, 2], images(600))
    data.files["train-labels-idx1-ubyte"] = idx([600], (0..<600).map { UInt8($0 % 2) })
    data.files["t10k-images-idx3-ubyte"] = idx([testCount, 1, 2], images(testCount))
    data.files["t10k-labels-idx1-ubyte"] = idx([testCount], labels)
    return data
  }

  @Test("one wrong of 30,000 is not 100 %, and all right is")
  func edge() async throws {
    for (wrong, text, status) in [(17, "99.99 %", 4), (nil, "100.00 %", 0)] as [(Int?, String, Int)] {
      try await withTemporaryFolder { folder in
        try data(testCount: 30_000, wrong: wrong).write(to: folder)
        let outcome = try await nettrain("--data", folder, "--epochs", "3", "--require-accuracy", "100%")
        #expect(outcome.status == status)
        #expect(try #require(outcome.lines.last).contains(": test \(text); best epoch 1: test \(text), "))
        #expect(outcome.lines.suffix(2).allSatisfy { $0.contains(text) })
        if wrong != nil {
          #expect(
            outcome.error
              == "nettrain: error: --require-accuracy 1: 29999 of 30000 test images are right, 99.99 %; "
              + "train longer or ask for less\n")
        }
      }
    }
  }
}
