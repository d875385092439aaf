/// A data set that is known by the SHA-256 of its files' contents.
public struct KnownDataSet: Equatable, Sendable {
  /// The name.
  public let name: String

  /// The SHA-256 of each file, by the keys of `DataFolder.sha256`.
  public let sha256: [String: String]

  /// The data sets that are known. The sums are those of the files that their authors publish, without compression.
  public static let all = [
    KnownDataSet(
      name: "MNIST",
      trainImages: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      trainLabels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      testImages: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      testLabels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    KnownDataSet(
      name: "the digits of nettrain, a part of MNIST",
      trainImages: "c19d6b72364fe159b01b1ce511c42948ccb91dd7596ec4901537481a76b92f31",
      trainLabels: "b16c22d78d8d13216948ab45edbe0591249eb6979ed9ce2eb9fd46c738a090a8",
      testImages: "d6fe0d56b526016df37ec3734a23eeb705cf9f12f9a34ac116af338d3bd79ba7",
      testLabels: "a8b314af35e61e7f39a92a08f0af0dd42d6f65b09562d49fc01fd459fbcf3e48"),
    KnownDataSet(
      name: "Fashion-MNIST",
      trainImages: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      trainLabels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      testImages: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      testLabels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
  ]

  private init(name: String, trainImages: String, trainLabels: String, testImages: String, testLabels: String) {
    self.name = name
    sha256 = [
      "train_images": trainImages, "train_labels": trainLabels, "test_images": testImages, "test_labels": testLabels,
    ]
  }

  /// The known data set that has most of some files, with the keys of those that differ from it; `nil` if it has none of
  /// them.
  public static func closest(to sums: [String: String]) -> (dataSet: KnownDataSet, differing: [String])? {
    let candidates = all.map { known in
      (dataSet: known, differing: known.sha256.keys.filter { known.sha256[$0] != sums[$0] }.sorted())
    }
    return candidates.min { $0.differing.count < $1.differing.count }.flatMap { best in
      best.differing.count < best.dataSet.sha256.count ? best : nil
    }
  }
}
