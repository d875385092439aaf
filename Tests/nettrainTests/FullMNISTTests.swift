import TestSupport
import Testing

/// Tests on the full MNIST, in the folder that the environment variable `NETTRAIN_MNIST` names.
@Suite(
  "Full MNIST", .enabled(if: fullMNIST != nil, "NETTRAIN_MNIST does not name a folder with the full MNIST"))
struct FullMNISTTests {
  @Test("a run peaks under 70 MiB and learns in one epoch what the book's network does")
  func memory() async throws {
    let folder = try #require(fullMNIST)
    let outcome = try await run(
      "/usr/bin/time", ["--format", "%M", program, "--data", folder, "--epochs", "1", "--format", "json"])
    #expect(outcome.status == 0)
    let kibibytes = try #require(Int(outcome.error.split(separator: "\n").last ?? ""))
    #expect(kibibytes < 70 * 1024)
    let events = try outcome.events()
    let data = try #require(events[0]["data"] as? [String: Any])
    #expect(data["train"] as? Int == 50000)
    #expect(data["validation"] as? Int == 10000)
    #expect(data["test"] as? Int == 10000)
    #expect(
      data["sha256"] as? [String: String] == [
        "train_images": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "train_labels": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "test_images": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "test_labels": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      ])
    #expect(try #require(events[1]["test_accuracy"] as? Double) > 0.9)
  }
}
