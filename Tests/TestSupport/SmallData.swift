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

  /// Writes the files into a folder.
  public func write(to folder: String) throws {
    for (name, bytes) in files { try makeFile("\(folder)/\(name)", bytes) }
  }
}
