import Foundation

/// The bytes of an IDX file.
func idx(type: UInt8 = 8, _ dimensions: [Int], _ bytes: [UInt8]) -> [UInt8] {
  let header = [0, 0, type, UInt8(dimensions.count)]
  let sizes = dimensions.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
  return header + sizes + bytes
}

/// Four files that train in no time: 12 training and 4 test images of 1×2 pixels, of classes 0 to 2.
struct SmallData {
  var files: [String: [UInt8]] = [
    "train-images-idx3-ubyte": idx([12, 1, 2], (0..<24).map { UInt8($0 * 10) }),
    "train-labels-idx1-ubyte": idx([12], (0..<12).map { UInt8($0 % 3) }),
    "t10k-images-idx3-ubyte": idx([4, 1, 2], (0..<8).map { UInt8($0 * 30) }),
    "t10k-labels-idx1-ubyte": idx([4], [0, 1, 2, 0]),
  ]

  /// Writes the files into a folder.
  func write(to folder: String) throws {
    for (name, bytes) in files { try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)")) }
  }
}
