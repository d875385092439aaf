import Files
import Glibc
import Training

@testable import Datasets
@testable import NettrainCommands

extension FuzzTarget {
  /// The bytes of a file of data, gzip or not.
  func readGzip(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    let reference = referenceContents(ofGzip: input)
    let path = try scratch.write(input, as: "input")
    let contents: [UInt8]
    do {
      let file = try InputFile(ReadableFile(path))
      contents = try file.bytes(limit: .max) ?? []
    } catch {
      require(input.isEmpty || reference == nil, "good gzip data are refused: \(error)")
      throw error
    }
    require(reference.map { areEqual(contents, $0) } ?? false, "gzip data are read wrongly")
    return "\(contents.count) \(SHA256Digest.hexadecimal(of: contents))"
  }

  /// A file of images, a file of labels.
  func readIDX(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    let path = try scratch.write(input, as: "input")
    let contents = referenceContents(ofGzip: input)
    let labels = attempt { try IDXReader(path: path, content: .labels).labels() }
    require(labels == contents.flatMap(referenceLabels), "labels are read wrongly")
    if let labels { return "labels [\(labels.count)] \(SHA256Digest.hexadecimal(of: labels))" }
    let reference = contents.flatMap(referenceImages)
    let reader: IDXReader
    let pixels: [UInt8]
    do {
      reader = try IDXReader(path: path, content: .images, hashing: true)
      pixels = try reader.bytes()
    } catch {
      require(reference == nil, "good images are refused: \(error)")
      throw error
    }
    require(
      reference.map { $0.dimensions == reader.dimensions && areEqual($0.pixels, pixels) } ?? false,
      "images are read wrongly")
    require(reader.sha256 == SHA256Digest.hexadecimal(of: contents ?? []), "images have another digest")
    // The way of 'predict', which reads a chunk at a time.
    let size = reader.dimensions[1] * reader.dimensions[2]
    if size <= 1 << 16 {
      let again = try IDXReader(path: path, content: .images)
      var chunks: [UInt8] = []
      while case let rows = try again.nextRows(Classifier.chunkSize, row: size), !rows.isEmpty { chunks += rows }
      require(areEqual(chunks, pixels), "chunks of images are read wrongly")
    }
    return "images \(reader.dimensions) \(SHA256Digest.hexadecimal(of: pixels))"
  }

  /// Four files of a folder, or their beginnings: four lengths of two bytes, little-endian, and the files.
  func readFolder(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    let files = folderFiles(input)
    for (name, bytes) in zip(folderFileNames, files) { _ = try scratch.write(bytes, as: name) }
    let opened = try DataFiles(openedIn: scratch.folder, hashing: true)
    let outline = try opened.outline()
    let folder = try opened.read()
    require(outline?.trainingCount == folder.training.count, "an outline has other counts")
    for (set, part) in [(folder.training, files[0...1]), (folder.test, files[2...3])] {
      let contents = part.map { referenceContents(ofGzip: $0) ?? [] }
      let images = referenceImages(contents[0])
      require(images?.dimensions[0] == set.count, "good files have other counts")
      require((0..<set.count).flatMap { set.image($0) } == images?.pixels, "images are read wrongly")
      let labels = referenceLabels(contents[1])?.map { $0 - UInt8(folder.firstLabel) }
      require(labels == set.labels, "labels are read wrongly")
      require(set.labels.allSatisfy { $0 < folder.classCount }, "a label is that of no class")
    }
    let data = try TrainingData(folder)
    let notes = folder.notes + data.classNotes(canStratify: true)
    return "\(folder.training.count) \(folder.test.count) \(folder.classCount) \(notes.count)"
  }
}

/// The names of the files in the inputs of the target `folder`.
package let folderFileNames = [
  "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
]

/// The files in an input of the target `folder`.
private func folderFiles(_ input: [UInt8]) -> [[UInt8]] {
  var rest = input.dropFirst(8)
  return (0..<4).map { index in
    let length =
      index == 3 ? rest.count : 2 * index + 1 < input.count ? Int(input[2 * index]) | Int(input[2 * index + 1]) << 8 : 0
    defer { rest = rest.dropFirst(length) }
    return Array(rest.prefix(length))
  }
}

/// Compares bytes by a function of C, in which the fuzzer does not record each comparison.
private func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
  unsafe one.count == other.count && memcmp(one, other, one.count) == 0
}

/// A big-endian number of 32 bits.
private func number(_ bytes: [UInt8], at place: Int) -> UInt128 {
  bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt128($1) }
}

/// The images of an IDX file, by the sizes alone.
private func referenceImages(_ bytes: [UInt8]) -> (dimensions: [Int], pixels: [UInt8])? {
  guard bytes.starts(with: [0, 0, 8, 3]), bytes.count > 16 else { return nil }
  let sizes = [4, 8, 12].map { number(bytes, at: $0) }
  guard sizes.reduce(1, *) == bytes.count - 16 else { return nil }
  return (sizes.map { Int($0) }, Array(bytes[16...]))
}

/// The labels of an IDX file, by the sizes alone.
private func referenceLabels(_ bytes: [UInt8]) -> [UInt8]? {
  if bytes.starts(with: [0, 0, 8, 1]), bytes.count > 8, number(bytes, at: 4) == bytes.count - 8 {
    return Array(bytes[8...])
  }
  guard bytes.starts(with: [0, 0, 12, 2]), bytes.count > 12, number(bytes, at: 8) == 8,
    32 * number(bytes, at: 4) == bytes.count - 12
  else { return nil }
  let classes = stride(from: 12, to: bytes.count, by: 32).map { number(bytes, at: $0) }
  return classes.allSatisfy { $0 < 256 } ? classes.map { UInt8($0) } : nil
}
