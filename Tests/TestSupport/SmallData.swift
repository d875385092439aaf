/// Data that train in no time: 12 training and 4 test images of 1×2 pixels, of classes 0 to 2.
public struct SmallData {
  /// The contents of the four files by their names.
  public var files: [String: [UInt8]] = [
    "train-images-idx3-ubyte": idx([12, 1, 2], (0..<24).map { UInt8($0 * 10) }),
    "train-labels-idx1-ubyte": idx([12], (0..<12).map { UInt8($0 % 3) }),
    "t10k-images-idx3-ubyte": idx([4, 1, 2], (0..<8).map { UInt8($0 * 30) }),
    "t10k-labels-idx1-ubyte": idx([4], [0, 1, 2, 0]),
  ]

  /// The files as described above.
  public init() {}

  /// As many images of another shape and with other classes, the first of the greatest.
  public init(rows: Int, columns: Int, classCount: Int) {
    for (name, count) in [("train", 12), ("t10k", 4)] {
      let pixels = (0..<count * rows * columns).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      files["\(name)-images-idx3-ubyte"] = idx([count, rows, columns], pixels)
      files["\(name)-labels-idx1-ubyte"] = idx(
        [count], (0..<count).map { UInt8($0 == 0 ? classCount - 1 : $0 % classCount) })
    }
  }

  /// Writes the files into a folder.
  public func write(to folder: String) throws {
    for (name, bytes) in files { try makeFile("\(folder)/\(name)", bytes) }
  }

  /// The same data as the makers of EMNIST name a set: gzipped, with `test` for `t10k`.
  public func named(_ set: String) -> SmallData {
    var data = self
    data.files = [:]
    for (name, bytes) in files {
      data.files["\(set)-\(name.replacing("t10k", with: "test")).gz"] = gzip(bytes)
    }
    return data
  }

  /// The same data as QMNIST has them: its names, and labels in a table of 32-bit integers.
  public var asQMNIST: SmallData {
    var data = named("qmnist")
    for part in ["train", "test"] {
      let labels = files["\(part == "test" ? "t10k" : part)-labels-idx1-ubyte"]?.dropFirst(8) ?? []
      data.files["qmnist-\(part)-labels-idx1-ubyte.gz"] = nil
      data.files["qmnist-\(part)-labels-idx2-int.gz"] = gzip(labelTable(labels.map { Int32($0) }))
    }
    return data
  }
}
