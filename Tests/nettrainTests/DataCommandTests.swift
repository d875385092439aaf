import Foundation
import TestSupport
import Testing

@Suite("Report on a data folder") struct DataCommandTests {
  private func figures(_ path: String, in folder: String? = nil) async throws -> [String: Any] {
    let outcome = try await nettrain("data", path, "--format", "json", in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    return try #require(try outcome.events().first)
  }

  @Test("the bundled digits are known, and their figures are those of the files")
  func bundled() async throws {
    let figures = try await figures(root + "/data")
    #expect((figures["known_as"] as? String)?.contains("digits of nettrain") == true)
    #expect(figures["differing_files"] as? [String] == [] && figures["test_images_in_train"] as? [Int] == [])
    let train = try #require(figures["train"] as? [String: Any])
    #expect(train["count"] as? Int == 4000 && train["classes"] as? [Int] == Array(repeating: 400, count: 10))
    let text = try await nettrain("data")
    #expect(text.status == 0 && text.error == "" && text.output.contains("█"))
    #expect(text.lines.allSatisfy { $0.count <= 80 || $0.contains("/") }, "paths may be longer")
  }

  @Test(
    "MNIST is known, with the mean and deviation that everyone quotes",
    .enabled(if: fullMNIST != nil, "NETTRAIN_MNIST does not name a folder with the full MNIST"))
  func mnist() async throws {
    let figures = try await figures(try #require(fullMNIST))
    #expect(figures["known_as"] as? String == "MNIST")
    let train = try #require(figures["train"] as? [String: Any])
    #expect(abs(try #require(train["mean"] as? Double) - 0.1307) < 5e-5)
    #expect(abs(try #require(train["standard_deviation"] as? Double) - 0.3081) < 5e-5)
  }

  @Test("test images that are training images as well are named, and labels from 1 and images on their side are told")
  func peculiarities() async throws {
    try await withTemporaryFolder { folder in
      var data = SmallData()
      let training = try #require(data.files["train-images-idx3-ubyte"])
      data.files["t10k-images-idx3-ubyte"] = idx([4, 1, 2], [1, 2, 3, 4, 5, 6] + training.suffix(2))
      data.files["train-labels-idx1-ubyte"] = idx([12], (0..<12).map { UInt8($0 % 3 + 1) })
      data.files["t10k-labels-idx1-ubyte"] = idx([4], [1, 2, 3, 1])
      try data.named("emnist-letters").write(to: folder)
      let figures = try await figures("emnist-letters", in: folder)
      #expect(figures["first_label"] as? Int == 1 && figures["known_as"] is NSNull)
      let shared = try #require(figures["test_images_in_train"] as? [[String: Int]])
      #expect(shared.last?["test"] == 3)
      let text = try await nettrain("data", "emnist-letters", in: folder)
      _ = try await nettrain("--data", "emnist-letters", "--epochs", "0", "--save", "m", "--quiet", in: folder)
      let classes = try await nettrain("evaluate", "m", "--data", "emnist-letters", "--format", "csv", in: folder)
      #expect(classes.lines.dropFirst().map { $0.prefix(1) } == ["1", "2", "3"], "classes are named by their labels")
      for words in ["begin at 1", "lie on their side", "test 3 = training"] { #expect(text.output.contains(words)) }
    }
  }

  @Test("EMNIST's images are stood up, in the terminal and for evaluate alike")
  func standUp() async throws {
    try await withTemporaryFolder { folder in
      var data = SmallData()
      // A bar at the left of 2×4 pixels, which stands at the top when rows and columns are exchanged.
      let bar: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0]
      data.files["train-images-idx3-ubyte"] = idx([12, 2, 4], (0..<12).flatMap { _ in bar })
      data.files["t10k-images-idx3-ubyte"] = idx([4, 2, 4], (0..<4).flatMap { _ in bar })
      try data.named("emnist-digits").write(to: folder)
      try data.named("other").write(to: folder)
      for (set, drawing) in [("emnist-digits", "▀▀"), ("other", "█")] {
        let text = try await nettrain("data", set, in: folder)
        #expect(text.lines.contains { $0.hasPrefix(drawing + " ") }, "\(text.output)")
        _ = try await nettrain("--data", set, "--epochs", "0", "--save", "m", "--quiet", "--force", in: folder)
        let evaluation = try await nettrain("evaluate", "m", "--data", set, "--show", "1", in: folder)
        #expect(evaluation.lines.contains(drawing), "\(evaluation.output)")
      }
    }
  }

  @Test("a folder that is missing or damaged is refused as in training")
  func refusals() async throws {
    try await withTemporaryFolder { folder in
      let missing = try await nettrain("data", "none", in: folder)
      #expect(missing.status == 66 && missing.error.count { $0 == "\n" } == 1, "\(missing.error)")
      var data = SmallData()
      data.files["t10k-labels-idx1-ubyte"] = [0, 0, 8, 2]
      try data.write(to: folder)
      let damaged = try await nettrain("data", ".", in: folder)
      #expect(damaged.status == 65 && damaged.error.contains("t10k-labels"), "\(damaged.error)")
    }
  }
}
